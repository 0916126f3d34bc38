import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

/** One import of a file, of whatever form. */
export interface Import {
  /** As written: `../core/cidr.js`, `@pulumi/pulumi`; undefined when the program computes it. */
  readonly specifier: string | undefined;
  /** Whether the compiler erases it. */
  readonly typeOnly: boolean;
}

/** All imports of a TypeScript file: `import`, `import type`, re-exports, `import()` in code and in types, `require()`. */
export function importsOf(text: string, fileName = "file.ts"): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const seen = importAt(node);
    if (seen !== undefined) found.push(seen);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, true));
  return found;
}

function importAt(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node))
    return {
      specifier: literal(node.moduleSpecifier),
      typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
    return { specifier: literal(node.moduleSpecifier), typeOnly: node.isTypeOnly };
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
    return { specifier: literal(node.moduleReference.expression), typeOnly: node.isTypeOnly };
  if (ts.isImportTypeNode(node))
    return {
      specifier: ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined,
      typeOnly: true,
    };
  if (ts.isCallExpression(node) && isLoader(node.expression))
    return { specifier: literal(node.arguments[0]), typeOnly: false };
  return undefined;
}

/** `import`, `require` and `require.resolve`. */
function isLoader(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === "resolve" && isLoader(callee.expression);
  return ts.isIdentifier(callee) && callee.text === "require";
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The TypeScript files below a folder (or the file itself), relative to `root`, sorted. */
export function filesBelow(root: string, path: string): string[] {
  if (path.endsWith(".ts")) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** A source file with its imports; those of other sources by path, those of packages by name. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly (Import & { readonly target: string | undefined })[];
}

/** Reads a source file. */
export function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  return { path, lines: text.split("\n").length - 1, imports: resolved(path, importsOf(text, path)) };
}

/** The imports of the file at `path`, each with the path of the source, or the package, that it names. */
export function resolved(path: string, imports: readonly Import[]): SourceFile["imports"] {
  return imports.map((i) => ({ ...i, target: targetOf(path, i.specifier) }));
}

function targetOf(from: string, specifier: string | undefined): string | undefined {
  if (specifier === undefined || specifier.startsWith("node:")) return specifier;
  if (specifier.startsWith(".")) return join(dirname(from), specifier).replace(/\.js$/, ".ts");
  return specifier;
}
