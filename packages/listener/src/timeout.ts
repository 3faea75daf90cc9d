/**
 * Resolves with the result of `work`, or rejects when it takes too long; the work itself is not stopped.
 *
 * @param createError called when the time is over.
 */
export async function withTimeout<T>(work: PromiseLike<T>, ms: number, createError: () => Error): Promise<T> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  work.then(settle, settle);
  // Work that is done already needs no timer, which would cost more than everything else here.
  await undefined;
  if (isSettled) return work;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(createError()), ms);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
