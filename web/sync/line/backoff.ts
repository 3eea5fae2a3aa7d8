/** How long to wait before the next try to connect: by chance, so that no crowd comes as one. */
import type { WebsocketProvider } from "y-websocket";
import type { Millis } from "../../../shared/clock.ts";

/** The first wait is shorter than this; each next one may be twice as long. */
const firstMsMax: Millis = 200;

/** Longest wait. A thousand people come back within it, an even part of them each second. */
const waitMsMax: Millis = 4_000;

/**
 * A wait after so many failed tries in a row, anywhere between none and the bound for it: drawn so,
 * tries spread most evenly (AWS Architecture Blog, "Exponential Backoff and Jitter"). `random` is
 * from 0 to below 1.
 */
export function retryWaitMs(failedCount: number, random: () => number): Millis {
	return random() * Math.min(firstMsMax * 2 ** failedCount, waitMsMax);
}

/**
 * Makes a provider wait that long. It waits for its bound or for 200 ms, 400 ms and so on, which is
 * never shorter than ours; it asks for the bound after it has told that the connection is over.
 */
export function spreadRetries(provider: WebsocketProvider, random: () => number): void {
	provider.on("connection-close", () => {
		provider.maxBackoffTime = retryWaitMs(provider.wsUnsuccessfulReconnects, random);
	});
}
