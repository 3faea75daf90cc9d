import { type Document, isMap, isScalar, parseDocument, visit, type YAMLMap } from "yaml";
import { type Edit, MutationError } from "./edit.ts";

/**
 * Gives an operation of a document one response more, a copy of another one.
 *
 * @throws {MutationError} unless the document has the operation once, with the response to copy
 */
export function copyResponse(operationId: string, from: string, to: string): Edit {
  return editDocument((document) => {
    const operation = findOnlyMap(document, (map) => map.get("operationId") === operationId);
    const response = operation.getIn(["responses", from]);
    if (!isMap(response)) throw new MutationError(`${operationId} has no response ${from}`);
    operation.setIn(["responses", to], response.clone());
  });
}

/**
 * Adds a name to the required members of the object at a path.
 *
 * @throws {MutationError} when the object has none
 */
export function requireMember(path: string[], name: string): Edit {
  return editDocument((document) => {
    if (!document.hasIn([...path, "required"])) throw new MutationError(`no ${path.join(".")}.required`);
    document.addIn([...path, "required"], name);
  });
}

/**
 * Removes what is at a path.
 *
 * @throws {MutationError} when there is nothing
 */
export function removeAt(path: string[]): Edit {
  return editDocument((document) => {
    if (!document.deleteIn(path)) throw new MutationError(`no ${path.join(".")}`);
  });
}

/**
 * Replaces one text value that ends with a word.
 *
 * @throws {MutationError} unless the document has one
 */
export function replaceEnd(end: string, replacement: string): Edit {
  return editDocument((document) => {
    let count = 0;
    visit(document, {
      Scalar: (_key, node) => {
        if (!isScalar<string>(node) || typeof node.value !== "string" || !node.value.endsWith(end)) return;
        node.value = node.value.slice(0, -end.length) + replacement;
        count += 1;
      },
    });
    if (count !== 1) throw new MutationError(`${count} values end with ${end}`);
  });
}

function editDocument(change: (document: Document) => void): Edit {
  return (text) => {
    const document = parseDocument(text);
    change(document);
    return document.toString({ lineWidth: 0 });
  };
}

function findOnlyMap(document: Document, choose: (map: YAMLMap) => boolean): YAMLMap {
  const found: YAMLMap[] = [];
  visit(document, {
    Map: (_key, node) => {
      if (isMap(node) && choose(node)) found.push(node);
    },
  });
  const [only] = found;
  if (!only || found.length > 1) throw new MutationError(`${found.length} such objects`);
  return only;
}
