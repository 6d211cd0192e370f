// The codes of errors and warnings as they are written in the source. The contract of the codes reads them, and the page about troubles.
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const SRC = path.join(__dirname, '..', '..', 'src');
const FILES = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();

/** A code in the source and the message that is written beside it, with … for what is only known at run time. */
export interface Written {
  readonly code: string;
  readonly where: string;
  /** The function that says it; absent for a row of rules. */
  readonly by?: string;
  /** What the functions around it can say, where it is no text of its own. */
  readonly says: readonly string[];
  readonly message?: string;
}

/** The texts an expression can have; … stands for what is not written out. */
function texts(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return texts(node.left).flatMap((left) => texts(node.right).map((right) => left + right));
  }
  if (ts.isConditionalExpression(node)) {
    return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  }
  return ts.isParenthesizedExpression(node) ? texts(node.expression) : ['…'];
}

/** Which argument of a call is the code; the message follows it. */
const CODE_ARGUMENT: Record<string, number> = { fail: 1, misuse: 0, warn: 0 };

/** A sentence in a template or string; the names of properties stay, … stands for other values. */
function sentence(node: ts.Node): string | undefined {
  const placeholder = (expression: ts.Expression) => ts.isCallExpression(expression) && /\.name$/.test(expression.expression.getText())
    && expression.arguments[0] && ts.isStringLiteralLike(expression.arguments[0]) ? expression.arguments[0].text : '…';
  const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ expression, literal }) => placeholder(expression) + literal.text).join('') : '';
  return text.split(' ').length > 4 ? text : undefined;
}

/** The sentences in an expression and in the functions of its file that it uses. */
function saidBy(source: ts.SourceFile, node: ts.Node | undefined, seen = new Set<string>()): string[] {
  if (!node) {
    return [];
  }
  const own = sentence(node);
  if (own !== undefined) {
    return [own];
  }
  const said: string[] = [];
  if (ts.isIdentifier(node) && !seen.has(node.text)) {
    seen.add(node.text);
    const declared = source.statements.find((each) => ts.isFunctionDeclaration(each) && each.name?.text === node.text);
    said.push(...saidBy(source, declared, seen));
  }
  ts.forEachChild(node, (child) => { said.push(...saidBy(source, child, seen)); });
  return said;
}

/** The sentences of the function around a call, and of what it is called with in its file. */
function saidAround(source: ts.SourceFile, call: ts.Node): string[] {
  let around = call.parent;
  while (around && !ts.isFunctionDeclaration(around) && !ts.isMethodDeclaration(around) && !ts.isConstructorDeclaration(around)) {
    around = around.parent;
  }
  if (!around) {
    return [];
  }
  const name = (around as ts.FunctionDeclaration).name?.getText();
  const calls: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === name) {
      calls.push(...node.arguments);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...calls.flatMap((each) => saidBy(source, each)), ...saidBy(source, around)];
}

function writtenIn(file: string): Written[] {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const add = (code: ts.Expression, message?: ts.Expression, by?: string, says: readonly string[] = []) => {
    const where = `${file}:${source.getLineAndCharacterOfPosition(code.getStart()).line + 1}`;
    texts(code).filter((text) => text !== '…').forEach((text) => (message ? texts(message) : [undefined]).forEach((each) =>
      found.push({ code: text, where, message: each, by, says })));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
      if (Object.hasOwn(CODE_ARGUMENT, name)) {
        add(node.arguments[CODE_ARGUMENT[name]], node.arguments[CODE_ARGUMENT[name] + 1], name, saidAround(source, node));
      }
    }
    if (ts.isObjectLiteralExpression(node)) {
      const property = (name: string) => node.properties.filter(ts.isPropertyAssignment).find((each) => each.name.getText() === name);
      const code = property('code');
      if (code) {
        add(code.initializer, property('message')?.initializer, undefined, saidBy(source, property('judge')?.initializer));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every code, once for each place and message. */
export const WRITTEN: readonly Written[] = FILES.flatMap(writtenIn);
