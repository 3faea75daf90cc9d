/** A deliberate fault, and the check that must find it. */
export interface Mutation {
  name: string;
  /** Which of the seven guards it is for; see the README. */
  guard: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  file: string;
  /** Exact text, once in the file. */
  find: string;
  replace: string;
  /** What must fail: a command, in the folder of a room. */
  room: string;
  command: string;
  /** What the check must say, each on some line of its output. */
  says: string[];
}

const tests = (file: string) => ({ room: "apps/contract-tests", command: `vitest run src/${file}` });
const diff = { room: "packages/contract", command: "node scripts/diff.ts" };

export const mutations: Mutation[] = [
  {
    name: "status-without-a-test",
    guard: 1,
    file: "spec/v2/openapi.yaml",
    find: "      description: This endpoint allows user to delete a previously registered callback URL.\n      tags: [Callbacks]\n      responses:\n",
    replace:
      '      description: This endpoint allows user to delete a previously registered callback URL.\n      tags: [Callbacks]\n      responses:\n        "429":\n          description: Too many requests.\n',
    ...tests("operations.test.ts"),
    says: ["Nothing in provoke.ts brings about a 429 of v2 deregisterCallback."],
  },
  {
    name: "client-without-the-session-token",
    guard: 1,
    file: "packages/client/src/request/authorize.ts",
    find: "headers[name] = value;",
    replace: 'if (kind !== "session") headers[name] = value;',
    ...tests("operations.test.ts"),
    says: ["gets a documented 200", '-   "status": 200,', '+   "status": 400,'],
  },
  {
    name: "client-that-gives-errors-as-text",
    guard: 1,
    file: "packages/client/src/result/outcome.ts",
    find: "error: json ?? text,",
    replace: "error: text,",
    ...tests("operations.test.ts"),
    says: ["gets each documented example of 400 when asked to"],
  },
  {
    name: "refusal-that-does-not-say-why",
    guard: 1,
    file: "apps/mock/src/operations/refusal.ts",
    find: 'withMessage(getExample(operation, 400, "invalidParameter"), message)',
    replace: 'withMessage(getExample(operation, 400, "invalidParameter"), message.replace(/.+/, "Bad."))',
    ...tests("operations.test.ts"),
    says: ["to contain '\"account: '"],
  },
  {
    name: "answer-of-another-type",
    guard: 2,
    file: "apps/mock/src/engine/callbacks.ts",
    find: "return ok({ success: true });",
    replace: 'return ok({ success: "true" });',
    ...tests("differential.test.ts"),
    says: ["- body.success: boolean", '+ body.success: "true"'],
  },
  {
    name: "body-not-validated",
    guard: 2,
    file: "apps/mock/src/validation/validator.ts",
    find: "if (request.body !== undefined) body(request.body, [], violations);",
    replace: "void body;",
    ...tests("differential.test.ts"),
    says: ["- the stateful engine: refuses it", "+ the stateful engine: takes it"],
  },
  {
    name: "session-token-not-demanded",
    guard: 2,
    file: "apps/mock/src/http/authentication.ts",
    find: 'if (!header) return { problem: "missing" };',
    replace: 'if (!header && tokens) return { problem: "missing" };',
    ...tests("differential.test.ts"),
    says: ["with header VZ-M2M-Token: left out", "+ the stateful engine: takes it"],
  },
  {
    name: "document-that-demands-more",
    guard: 2,
    file: "spec/shared/errors.yaml",
    find: "        required: [code, message, description]\n",
    replace: "        required: [code, message, description, transactionId]\n",
    ...tests("differential.test.ts"),
    says: ["- body.fault.transactionId: any, required", "+ body.fault.transactionId: missing"],
  },
  {
    name: "legacy-in-a-slot-of-its-own",
    guard: 3,
    file: "apps/mock/src/engine/callbacks.ts",
    find: "creators[role](operation, registration, registrations, options)",
    replace: 'creators[role](operation, name === "v1" ? "v1" : "v2", registrations, options)',
    ...tests("properties.test.ts"),
    says: ["Property failed after", "- answer:", "+ answer:"],
  },
  {
    name: "username-forgotten",
    guard: 3,
    file: "apps/mock/src/state/registrations.ts",
    find: "byAccount(name).set(account, { url, username, password });",
    replace: "byAccount(name).set(account, { url, password, username: username && undefined });",
    ...tests("properties.test.ts"),
    says: ["Property failed after", "- answer:", "+ answer:"],
  },
  {
    name: "login-answers-with-another-member",
    guard: 4,
    file: "apps/mock/src/engine/auth.ts",
    find: "return ok({ sessionToken: tokens.startSession(username) });",
    replace: "return ok({ token: tokens.startSession(username) });",
    ...tests("workflows.test.ts"),
    says: ['JSON Pointer "/sessionToken" reaches no value'],
  },
  {
    name: "operation-left-out-of-a-workflow",
    guard: 4,
    file: "spec/workflows/v2.arazzo.yaml",
    find: "operationId: $sourceDescriptions.v2.updateCallback",
    replace: "operationId: $sourceDescriptions.v2.registerCallback",
    ...tests("workflows.test.ts"),
    says: ["to deeply equal ArrayContaining", '"v2.updateCallback"'],
  },
  {
    name: "list-with-a-member-more",
    guard: 5,
    file: "apps/mock/src/engine/callbacks.ts",
    find: "return ok(isList ? [listed] : listed);",
    replace: "return ok(isList ? [listed] : { ...listed, account });",
    ...tests("live/live.test.ts"),
    says: ['"at": "body.account"', '"documented": "not there"'],
  },
  {
    name: "property-removed",
    guard: 6,
    file: "spec/v2/openapi.yaml",
    find: '        errorMessage:\n          type: string\n          description: Details of the error.\n          examples: ["url: is required."]\n',
    replace: "",
    ...diff,
    says: ["(property-removed)", "v2: a change breaks clients"],
  },
  {
    name: "required-member-added",
    guard: 6,
    file: "spec/v1/openapi.yaml",
    find: "      required: [name, url]\n",
    replace: "      required: [name, url, username]\n",
    ...diff,
    says: ["(required-properties-added)", "v1: a change breaks clients"],
  },
  {
    name: "generated-by-hand",
    guard: 7,
    file: "packages/contract/dist/documents/v1.json",
    find: '"operationId": "deregisterCallback"',
    replace: '"operationId": "unregisterCallback"',
    ...tests("stale.test.ts"),
    says: ["unregisterCallback"],
  },
  {
    name: "readme-of-yesterday",
    guard: 7,
    file: "README.md",
    find: "errorMessage: 'url: must be an absolute https URL.'",
    replace: "errorMessage: 'url: must be https.'",
    ...tests("readme.test.ts"),
    says: ["the example prints what the README says", "must be https."],
  },
];
