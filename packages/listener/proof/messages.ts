export const credentials = { username: "me", password: "correct horse battery staple" };

/** Returns message `n` of an upgrade as the sender sends it. */
export function createBody(upgrade: number, n: number, callbackCount: number): string {
  const upgradeProgress = { upgradeId: `upgrade ${upgrade}` };
  return JSON.stringify({
    type: "upgradeProgress",
    ...credentials,
    upgrade,
    n,
    callbackCount,
    upgradeProgress,
  });
}
