// Runs the programs of a file that are parted by lines "== NAME", each as a module of its own; prints the parting lines.
const fs = require('fs');
const Module = require('module');
for (const part of fs.readFileSync(process.argv[2], 'utf8').split(/^== /m).slice(1)) {
  const end = part.indexOf('\n');
  const name = part.slice(0, end);
  console.log('== ' + name);
  const program = new Module(name, module);
  program.paths = module.paths;
  program._compile(part.slice(end + 1), name + '.js');
}
