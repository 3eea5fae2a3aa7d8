/** Keys of a board before the code that knows them is here: they are done then, in their order. */
import { Later } from "../sync/later.ts";
import type { KeyboardPorts } from "./tools/keyboard.ts";

/** Keys that wait: nobody presses more in the time that a file takes. */
const waitingMax = 100;

/** Listens until the signal ends it. */
export function followKeysSoon(ports: KeyboardPorts, signal: AbortSignal): void {
	const waiting: KeyboardEvent[] = [];
	const isHere = new AbortController();
	const keys = new Later(ports.client, async () => {
		const { followKeys } = await import("./tools/keyboard.ts");
		return () => {
			isHere.abort();
			const press = followKeys(ports, signal);
			for (const event of waiting.splice(0)) press(event);
			return { close: () => undefined };
		};
	});
	const keep = (event: KeyboardEvent): void => {
		// What is held is let go of by then.
		if (event.key === " " || waiting.length >= waitingMax || !ports.isMeant(event)) return;
		waiting.push(event);
		keys.want();
	};
	window.addEventListener("keydown", keep, { signal: isHere.signal });
	signal.addEventListener("abort", () => {
		isHere.abort();
		keys.close();
	});
	keys.begin(Promise.resolve());
}
