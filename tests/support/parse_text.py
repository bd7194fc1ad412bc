"""The program named in the arguments prints a Python program: it must parse, and use only what it imports or binds."""
import ast
import builtins
import subprocess
import sys

tree = ast.parse(subprocess.run(sys.argv[1:], capture_output=True, check=True, text=True).stdout)
bound, used = set(dir(builtins)), {}
for node in ast.walk(tree):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        bound |= {(name.asname or name.name).split(".")[0] for name in node.names}
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        bound.add(node.name)
    elif isinstance(node, ast.arg):
        bound.add(node.arg)
    elif isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        else:
            used.setdefault(node.id, node.lineno)
unknown = {name: line for name, line in used.items() if name not in bound}
if unknown or not used:
    sys.exit(f"names that nothing binds, and their lines: {unknown}")
