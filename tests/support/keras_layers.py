"""Parses Keras programs that are parted by lines "== NAME" and prints the layers each one names: name, units, bend."""
import ast
import re
import sys


def bend_of(node, name):
    if name == "output":
        return ""
    if isinstance(node, ast.Constant):
        return {"silu": "swish"}.get(node.value, node.value)
    source = ast.unparse(node)
    known = {"ops.sin": "sine", "leaky_relu": "leaky_relu", "gelu": "gelu", "clip": "hard_sigmoid", "where": "step"}
    return next(bend for word, bend in known.items() if word in source)


for part in re.split("^== ", open(sys.argv[1]).read(), flags=re.M)[1:]:
    name, program = part.split("\n", 1)
    tree = ast.parse(program)
    if name.endswith(" trained"):
        continue
    print("==", name)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "layers.Dense":
            words = {word.arg: word.value for word in call.keywords}
            layer = words["name"].value
            print(layer, call.args[0].value, bend_of(words["activation"], layer))
