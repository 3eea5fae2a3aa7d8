/** How many sessions a server has open, from the figures that it offers to Prometheus. */
import type { Millis } from "../../../shared/clock.ts";

/** A server that does not answer in time is not asked. */
const answerMsMax: Millis = 2_000;

/** Sessions that are open; null where the server does not tell. */
export async function countSessions(origin: string): Promise<number | null> {
	try {
		const response = await fetch(`${origin}/metrics`, {
			signal: AbortSignal.timeout(answerMsMax),
		});
		const [, count] = /^weft_sessions (\d+)$/m.exec(await response.text()) ?? [];
		return count === undefined ? null : Number(count);
	} catch {
		return null; // It is down, or what answers there does not speak HTTP.
	}
}
