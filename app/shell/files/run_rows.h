// The rows of the journal in a .vitrine file. They are no part of its checksum: what was tried before says nothing
// about the state that goes on.
#pragma once

#include "app/shell/files/fields.h"
#include "app/work/run_journal.h"

namespace vitrine::shell {

Json json_of(const work::RunJournal::Runs& runs);
work::RunJournal::Runs runs_of(const Json& rows, const std::string& name);  // an array; name: of the file

}  // namespace vitrine::shell
