import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What the contracts say about themselves in their sources: class → its sentence and those of its properties. */
export interface Comments {
  readonly classes: ReadonlyMap<string, string>;
  /** `Class.property` */
  readonly properties: ReadonlyMap<string, string>;
  /** Exported constants: the contracts. */
  readonly constants: ReadonlyMap<string, string>;
}

function sentenceOf(node: ts.Node): string | undefined {
  const comment = ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return comment || undefined;
}

function visit(source: ts.SourceFile, found: Record<keyof Comments, Map<string, string>>): void {
  const note = (into: Map<string, string>, name: string, node: ts.Node) => {
    const sentence = sentenceOf(node);
    if (sentence) into.set(name, sentence);
  };
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement) && statement.name) {
      const name = statement.name.text;
      note(found.classes, name, statement);
      for (const member of statement.members) {
        if (ts.isPropertyDeclaration(member)) note(found.properties, `${name}.${member.name.getText(source)}`, member);
      }
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name)) note(found.constants, name.text, statement);
      }
    }
  }
}

/** Only parsed, never type-checked: some 100 ms for all contracts. */
export function readComments(directory: string): Comments {
  const found = {
    classes: new Map<string, string>(),
    properties: new Map<string, string>(),
    constants: new Map<string, string>(),
  };
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('spec.ts')) continue;
    const text = readFileSync(join(directory, file), 'utf8');
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), found);
  }
  return found;
}
