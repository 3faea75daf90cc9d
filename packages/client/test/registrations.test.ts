import { describe, expect, test } from "vitest";
import type { MoveReport } from "../src/index.ts";
import { account, createService, errorOf, refusal } from "./service.ts";

const url = "https://example.com/fota";
const v1 = { aname: account, name: "Fota", url };

/** The registrations of an account: V1 and legacy share one, V2 and V3 each have their own. */
interface Places {
  v1?: object | undefined;
  v2?: object | undefined;
  v3?: object | undefined;
}

interface Trouble {
  /** Returns the response to the request with this method at this place. */
  respond(): Response | Promise<Response>;
  /** True if the request takes effect nevertheless. */
  afterwards?: boolean;
}

/** Creates a client of a service that keeps registrations and fails at requests such as `DELETE v1`. */
function clientWith(places: Places, trouble: Record<string, Trouble> = {}) {
  const sent: string[] = [];
  const service = createService({
    call: async (request) => {
      const place = (/\/fota\/(v\d)\//.exec(request.url)?.[1] ?? "v1") as keyof Places;
      const name = `${request.method} ${place}`;
      if (request.method !== "GET") sent.push(name);
      const found = trouble[name];
      if (found && !found.afterwards) return found.respond();
      const response = await respond(request, place);
      return found ? found.respond() : response;
    },
  });
  const respond = async (request: Request, place: keyof Places) => {
    if (request.method === "GET") return Response.json(places[place] ?? {});
    const was = places[place];
    if (request.method === "DELETE" && !was) return refusal(400, "CALLBACK_NOT_REGISTERED", "Nothing.");
    places[place] = request.method === "DELETE" ? undefined : await request.json();
    return Response.json({ success: true });
  };
  const thingspace = service.client({ credentials: { accessToken: "given", sessionToken: "given" } });
  return { registrations: thingspace.registrations, sent, places };
}

const stepsOf = ({ steps }: MoveReport) =>
  steps.map(({ step, api, ok }) => `${step} ${api}${ok ? "" : " failed"}`);
const lost = () => Promise.reject(new TypeError("fetch failed"));
const refused = () => refusal(400);

describe("list", () => {
  test("The list shows every generation in one form", async () => {
    const v2 = { url: "https://example.com/v2" };
    const v3 = { url: "https://example.com/v3" };
    expect(await clientWith({ v1, v2, v3 }).registrations.list(account)).toEqual([
      { api: "v1", account, service: "Fota", url },
      { api: "v2", account, service: undefined, url: "https://example.com/v2" },
      { api: "v3", account, service: undefined, url: "https://example.com/v3" },
      { api: "legacy", account, service: "Fota", url },
    ]);
  });

  test("The list is empty when nothing is registered", async () => {
    expect(await clientWith({}).registrations.list(account)).toEqual([]);
  });

  test("The list throws when one generation refuses", async () => {
    const { registrations } = clientWith({ v1 }, { "GET v2": { respond: refused } });
    expect(await errorOf(registrations.list(account))).toMatchObject({
      name: "ThingSpaceApiError",
      operation: "v2.listRegisteredCallbacks",
    });
  });

  test("The list can be aborted", async () => {
    const { registrations } = clientWith({ v1 });
    expect(await errorOf(registrations.list(account, { signal: AbortSignal.abort("enough") }))).toBe(
      "enough",
    );
  });
});

describe("move", () => {
  test("A move registers the new registration first, then removes the old one", async () => {
    const { registrations, sent, places } = clientWith({ v1 });
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(report.ok).toBe(true);
    expect(stepsOf(report)).toEqual(["find v1", "find v2", "register v2", "remove v1"]);
    expect(sent).toEqual(["POST v2", "DELETE v1"]);
    expect(places).toEqual({ v1: undefined, v2: { url } });
  });

  test.each(["v1", "legacy"] as const)(
    "A move to %s registers the username and password as well",
    async (to) => {
      const { registrations, places } = clientWith({ v2: { url } });
      const report = await registrations.move({
        account,
        from: "v2",
        to,
        username: "listener",
        password: "pw",
      });
      expect(report.ok).toBe(true);
      expect(places).toEqual({
        v1: { name: "Fota", url, username: "listener", password: "pw" },
        v2: undefined,
      });
    },
  );

  test("A move does nothing when nothing is registered", async () => {
    const { registrations, sent } = clientWith({});
    const report = await registrations.move({ account, from: "legacy", to: "v2" });
    expect(report).toEqual({
      ok: false,
      steps: [
        {
          step: "find",
          api: "legacy",
          ok: false,
          reason: expect.stringContaining(account),
          error: expect.objectContaining({ code: "NOTHING_REGISTERED" }),
        },
      ],
    });
    expect(sent).toEqual([]);
  });

  test("A move leaves another URL that is registered there", async () => {
    const places = { v1, v2: { url: "https://example.com/other" } };
    const { registrations, sent } = clientWith(places);
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual(["find v1", "find v2 failed"]);
    expect(report.steps[1]).toMatchObject({
      reason: expect.stringContaining("https://example.com/other"),
      error: { code: "OTHER_URL_REGISTERED" },
    });
    expect(sent).toEqual([]);
  });

  test("A move completes an earlier one that was interrupted: the same URL is not registered again", async () => {
    const { registrations, sent, places } = clientWith({ v1, v2: { url } });
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual(["find v1", "find v2", "remove v1"]);
    expect([report.ok, sent, places.v1]).toEqual([true, ["DELETE v1"], undefined]);
  });

  test("A move changes nothing when registering is refused", async () => {
    const { registrations, sent, places } = clientWith({ v1 }, { "POST v2": { respond: refused } });
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual(["find v1", "find v2", "register v2 failed", "undo v2"]);
    expect(report.steps[2]?.error).toMatchObject({ name: "ThingSpaceApiError", status: 400 });
    expect([report.ok, sent, places]).toEqual([false, ["POST v2"], { v1 }]);
  });

  test("A move removes a new registration that was made although its response was lost", async () => {
    const { registrations, places } = clientWith({ v1 }, { "POST v2": { respond: lost, afterwards: true } });
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual(["find v1", "find v2", "register v2 failed", "undo v2"]);
    expect([report.ok, places]).toEqual([false, { v1, v2: undefined }]);
  });

  test("A move removes the new registration when the old one cannot be removed", async () => {
    const { registrations, places } = clientWith({ v1 }, { "DELETE v1": { respond: refused } });
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual([
      ...["find v1", "find v2", "register v2", "remove v1 failed", "check v1", "undo v2"],
    ]);
    expect([report.ok, places]).toEqual([false, { v1, v2: undefined }]);
  });

  test("A move keeps the new registration when the old one is gone although its response was lost", async () => {
    const { registrations, places } = clientWith(
      { v1 },
      { "DELETE v1": { respond: lost, afterwards: true } },
    );
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual(["find v1", "find v2", "register v2", "remove v1 failed", "check v1"]);
    expect([report.ok, places]).toEqual([true, { v1: undefined, v2: { url } }]);
  });

  test("A move keeps both registrations when it is unknown whether the old one is gone", async () => {
    const asked = { count: 0 };
    const { registrations, places } = clientWith(
      { v1 },
      {
        "DELETE v1": { respond: lost },
        "GET v1": { respond: () => (asked.count++ === 0 ? Response.json([v1]) : lost()) },
      },
    );
    const report = await registrations.move({ account, from: "v1", to: "v2" });
    expect(stepsOf(report)).toEqual([
      ...["find v1", "find v2", "register v2", "remove v1 failed", "check v1 failed"],
    ]);
    expect([report.ok, places]).toEqual([false, { v1, v2: { url } }]);
  });

  test.each([
    {
      move: { acount: account, from: "v1", to: "v2" },
      code: "UNKNOWN_OPTION",
      option: "move.acount",
    },
    { move: { account: 242078689, from: "v1", to: "v2" }, code: "INVALID_OPTION", option: "move.account" },
    { move: { from: "v1", to: "v2" }, code: "INVALID_OPTION", option: "move.account" },
    { move: undefined, code: "INVALID_OPTION", option: "move" },
    { move: { account, from: "v1", to: "legacy" }, code: "INVALID_OPTION", option: "move" },
    { move: { account, from: "legacy", to: "v1" }, code: "INVALID_OPTION", option: "move" },
    { move: { account, from: "v2", to: "v2" }, code: "INVALID_OPTION", option: "move" },
    { move: { account, from: "v1", to: "v0" }, code: "INVALID_OPTION", option: "move" },
    { move: { account, from: "constructor", to: "v1" }, code: "INVALID_OPTION", option: "move" },
  ])("The move $move is refused, and sends nothing", async ({ move, code, option }) => {
    const { registrations, sent } = clientWith({ v1 });
    const error = await errorOf(registrations.move(move as never));
    expect(error).toMatchObject({ name: "OptionError", code, option });
    expect(sent).toEqual([]);
  });

  test("A move gives the options to each call, and reports an abort step by step", async () => {
    const controller = new AbortController();
    const { registrations, places } = clientWith(
      { v1 },
      {
        "POST v2": {
          afterwards: true,
          respond: () => {
            controller.abort("enough");
            return Response.json({ success: true });
          },
        },
      },
    );
    const { signal } = controller;
    const report = await registrations.move({ account, from: "v1", to: "v2" }, { signal });
    expect(stepsOf(report)).toEqual([...["find v1", "find v2", "register v2 failed", "undo v2 failed"]]);
    expect(report.steps.at(-1)).toMatchObject({ reason: "enough", error: "enough" });
    expect(places).toEqual({ v1, v2: { url } });
  });
});
