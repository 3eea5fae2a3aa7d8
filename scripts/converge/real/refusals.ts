/** Servers that must not start, and how one refuses well: soon, with a code, and in words. */
import type { Millis } from "../../../shared/clock.ts";
import type { System } from "../systems/system.ts";

/** How long a server may take to see that its directory is somebody else's. */
const refuseMsMax: Millis = 30_000;

/** Null where the message of a failed start says that it refused well, else what is wrong. */
export function wrongInRefusal(message: string): string | null {
	const [how = "", ...output] = message.split("\n");
	if (!/ ended with [1-9]\d* /.test(how)) return `it did not refuse: ${how}`;
	return output.join("").trim() === "" ? "it refused without a word" : null;
}

/** Starts a second server on a directory that is in use. Null where it refuses, as it must. */
export async function trySecond(system: System, directory: string): Promise<string | null> {
	const startMs = performance.now();
	try {
		const second = await system.start(directory, 0);
		await second.kill();
		return "a second server started on the same directory";
	} catch (error) {
		const tookMs = Math.round(performance.now() - startMs);
		if (tookMs > refuseMsMax) return `a second server refused only after ${tookMs} ms`;
		return wrongInRefusal(error instanceof Error ? error.message : String(error));
	}
}
