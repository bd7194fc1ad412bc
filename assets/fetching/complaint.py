"""A Complaint is what a person is told when something outside is wrong: subject, fact, expected, got, remedy."""


class Complaint(Exception):
    def __init__(self, subject, fact, expected="", got="", remedy=""):
        parts = [f"{subject}: {fact}"]
        if expected:
            parts.append(f"expected {expected}")
        if got:
            parts.append(f"got {got}")
        super().__init__("; ".join(parts) + "." + (("" if remedy.startswith("\n") else " ") + remedy if remedy else ""))


class Misuse(Complaint):
    """The command line asks for what there is not."""


class Mismatch(Complaint):
    """The bytes are not those that the manifest promises."""


class Stopped(Exception):
    """A person or the system asked the program to end."""
