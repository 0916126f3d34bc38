/** Waits until something holds, for at most 20 seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("still not so after 20 seconds");
}
