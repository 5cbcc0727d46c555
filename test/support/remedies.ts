import * as ts from 'typescript';

/** A remedy that is not made of sentences. */
export interface Clause {
  readonly line: number;
  readonly text: string;
}

/** The functions that render a problem and its remedy, and the position of the remedy among their arguments. */
const RENDERING: { readonly [name: string]: number } = { 'invalid': 2, 'Warnings._add': 2, 'inSentences': 1 };

/** Properties whose values messages quote, such as `secure: true`. */
const PROPERTIES = [
  'appProtocol', 'directResponses', 'disableOperatorRoutes', 'endpoint', 'everything', 'explainer', 'forwardOriginalToken', 'meshWide', 'operatorIstio',
  'secure', 'sharesModels',
];

/** A colon or a semicolon with a clause behind it. */
const CLAUSE = new RegExp(`(?<!\\b(?:${PROPERTIES.join('|')})): [a-z]|; [a-z]`);

/** Remedies of a source that continue after a colon or a semicolon, where another sentence would be easier to read. */
export function clausesIn(source: string): Clause[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: Clause[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const remedy = node.arguments[RENDERING[node.expression.getText()] ?? -1];
      const literals = remedy === undefined ? [] : literalsOf(remedy);
      found.push(...literals.filter((literal) => CLAUSE.test(literal.text)).map((literal) => ({ line: lineOf(literal), text: literal.text })));
    }
    ts.forEachChild(node, visit);
  };
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  visit(file);
  return found;
}

type Literal = ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

function literalsOf(node: ts.Node): Literal[] {
  const found: Literal[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isStringLiteralLike(each) || ts.isTemplateHead(each) || ts.isTemplateMiddleOrTemplateTail(each)) found.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return found;
}
