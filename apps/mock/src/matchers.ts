/**
 * Matchers for Vitest and Jest.
 *
 * @example
 * expect.extend(matchers);
 * await expect(mock).toHaveReceived({ operationId: "registerCallback", account });
 * await expect(mock).toHaveDelivered({ type: "upgradeScheduled", account });
 */
import type { DeliveryFilter, Expectation, ExpectationResult, MockSpace } from "./mock-space.ts";

/** The result of a matcher for Vitest and Jest. */
export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/**
 * The matchers as types, with which an editor knows them.
 *
 * @example
 * declare module "vitest" {
 *   interface Matchers extends MockMatchers {}
 * }
 */
export interface MockMatchers<R = void> {
  /** Passes when the mock has received a request as expected. */
  toHaveReceived(expectation: Expectation): Promise<R>;
  /** Passes as soon as the mock has delivered a message that matches, and fails after five seconds. */
  toHaveDelivered(filter: Omit<DeliveryFilter, "status">): Promise<R>;
}

/** Give these to `expect.extend`. They take a mock, or a space of one. */
export const matchers = {
  /** Passes when the mock has received a request as expected; otherwise says which requests come closest. */
  async toHaveReceived(mock: MockSpace, expectation: Expectation): Promise<MatcherResult> {
    const { verified, results } = await mock.verify([expectation]);
    const wanted = JSON.stringify(expectation);
    return {
      pass: verified,
      message: () =>
        verified
          ? `There was a request ${wanted}, which should not be.`
          : [`No request ${wanted}: ${results[0]?.problem}.`, ...results.flatMap(describeMisses)].join("\n"),
    };
  },
  /** Passes as soon as the mock has delivered a message that matches; waits for five seconds. */
  async toHaveDelivered(mock: MockSpace, filter: Omit<DeliveryFilter, "status">): Promise<MatcherResult> {
    const wanted = JSON.stringify(filter);
    try {
      await mock.waitFor("deliveries", { ...filter, status: "delivered" });
      return { pass: true, message: () => `A message ${wanted} was delivered, which should not be.` };
    } catch {
      const others = await mock.deliveries(filter);
      const statuses = others.map(({ id, status, attempts }) => {
        const { status: got, error } = attempts.at(-1) ?? {};
        return `- delivery ${id} is ${status}${attempts.length > 0 ? `, last attempt: ${got ?? error}` : ""}`;
      });
      return { pass: false, message: () => [`No message ${wanted} was delivered.`, ...statuses].join("\n") };
    }
  },
};

function describeMisses({ nearest }: ExpectationResult): string[] {
  return nearest.flatMap(({ request: { method, url }, differences }) => [
    `- closest: ${method} ${url}`,
    ...differences.map(
      ({ member, expected, actual }) =>
        `    ${member}: expected ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}`,
    ),
  ]);
}
