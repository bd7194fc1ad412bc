"""Parses Keras programs that are parted by lines "== NAME" and prints the layers each one makes: kind and name."""
import ast
import re
import sys

for part in re.split("^== ", open(sys.argv[1]).read(), flags=re.M)[1:]:
    name, program = part.split("\n", 1)
    print("==", name)
    calls = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)]
    made = [call for call in calls if ast.unparse(call.func).startswith("layers.")]
    for call in sorted(made, key=lambda call: call.lineno):
        print(call.func.attr, next(word.value.value for word in call.keywords if word.arg == "name"))
