import ts from "typescript";
import { type Edit, MutationError } from "./edit.ts";

/** Chooses nodes of a syntax tree. */
export type Choose = (node: ts.Node) => boolean;

/** Returns the new text of a node. `text` is what it was. */
export type Rewrite = (text: string) => string;

/**
 * Rewrites the one chosen node inside a function. The function is found by its name, wherever it is in the file: a
 * declaration, a method, or a function that is the value of a variable or a member.
 *
 * @throws {MutationError} unless the file has the function once, and the function has the node once
 */
export function inFunction(name: string, choose: Choose, rewrite: Rewrite): Edit {
  return (text) => replaceNode(text, findOnly(findFunction(text, name), choose, `in ${name}`), rewrite);
}

/**
 * Rewrites the last of the chosen nodes inside a function, in the order of the text.
 *
 * @throws {MutationError} unless the file has the function once, and the function has such a node
 */
export function lastInFunction(name: string, choose: Choose, rewrite: Rewrite): Edit {
  return (text) => {
    const node = findAll(findFunction(text, name), choose).at(-1);
    if (!node) throw new MutationError(`nothing to change in ${name}`);
    return replaceNode(text, node, rewrite);
  };
}

/**
 * Gives a parameter of a function another value before the function begins.
 *
 * @throws {MutationError} unless the file has the function once, with this parameter and a body in braces
 */
export function setParameter(name: string, parameter: string, value: string): Edit {
  return (text) => {
    const { parameters, body } = findFunction(text, name);
    const isThere = parameters.some((one) => one.name.getText() === parameter);
    if (!isThere || !body || !ts.isBlock(body)) throw new MutationError(`${name} has no ${parameter}`);
    const start = body.getStart() + 1;
    return `${text.slice(0, start)} ${parameter} = ${value};${text.slice(start)}`;
  };
}

/** Chooses calls of a function. */
export const isCallOf =
  (name: string): Choose =>
  (node) =>
    ts.isCallExpression(node) && node.expression.getText() === name;

/** Chooses a name where it is handed to a function. */
export const isArgument =
  (name: string): Choose =>
  (node) =>
    ts.isIdentifier(node) &&
    node.text === name &&
    ts.isCallExpression(node.parent) &&
    node.parent.arguments.includes(node);

/** Chooses a member of an object that is made; members of a pattern are not chosen. */
export const isMember =
  (name: string): Choose =>
  (node) =>
    (ts.isShorthandPropertyAssignment(node) || ts.isPropertyAssignment(node)) && node.name.getText() === name;

/** Chooses the condition of the `if` that leads to a text. */
export const isConditionFor =
  (text: string): Choose =>
  (node) =>
    ts.isIfStatement(node.parent) &&
    node.parent.expression === node &&
    findAll(node.parent.thenStatement, (inside) => ts.isStringLiteral(inside) && inside.text === text)
      .length > 0;

/** Chooses the list that a loop goes through. */
export const isListOfLoop: Choose = (node) =>
  ts.isForOfStatement(node.parent) && node.parent.expression === node;

/** Chooses what `a ? b : c` is when `a` is false. */
export const isElse: Choose = (node) =>
  ts.isConditionalExpression(node.parent) && node.parent.whenFalse === node;

/** Chooses `true`. */
export const isTrue: Choose = (node) => node.kind === ts.SyntaxKind.TrueKeyword;

function findFunction(text: string, name: string): ts.FunctionLikeDeclaration {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const found = findAll(file, (node) => isFunction(node) && readName(node) === name);
  const [only] = found;
  if (!only || found.length > 1) throw new MutationError(`${found.length} functions are called ${name}`);
  return only as ts.FunctionLikeDeclaration;
}

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node);

/** A function without a name has that of the variable or member whose value it is. */
function readName(node: ts.FunctionLikeDeclaration): string | undefined {
  const { parent } = node;
  const isValue = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent);
  return (node.name ?? (isValue ? parent.name : undefined))?.getText();
}

function findOnly(root: ts.Node, choose: Choose, where: string): ts.Node {
  const found = findAll(root, choose);
  const [only] = found;
  if (!only || found.length > 1) throw new MutationError(`${found.length} places to change ${where}`);
  return only;
}

function findAll(root: ts.Node, choose: Choose): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    if (choose(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(root, visit);
  return found;
}

function replaceNode(text: string, node: ts.Node, rewrite: Rewrite): string {
  return text.slice(0, node.getStart()) + rewrite(node.getText()) + text.slice(node.getEnd());
}
