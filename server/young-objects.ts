/**
 * Bounds how long V8 stands still for its space for new objects. When that is full, all in it that
 * is still needed is moved, 2 ms a MiB, while nothing else goes on. Of what people type next to
 * nothing is needed then, and of a doc in the making nearly all: 32 MiB of it are 50 ms.
 */
import { getHeapSpaceStatistics } from "node:v8";

/** New objects that are moved at once, at most, where somebody makes many that stay. */
const youngBytesMax = 6 * 1024 * 1024;

/**
 * Clears the space for new objects where there are many; for who is about to make more that stay.
 * Does nothing where Node was started without `--expose-gc`.
 */
export function clearYoungObjects(): void {
	const collect = globalThis.gc;
	if (collect !== undefined && youngBytes() > youngBytesMax) collect({ type: "minor" });
}

/** What is there now stays: it is moved out of that space before somebody could wait for it. */
export function settleObjects(): void {
	// What lives through two collections is moved no more.
	for (let times = 0; times < 2; times++) globalThis.gc?.({ type: "minor" });
}

function youngBytes(): number {
	const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
	return young?.space_used_size ?? 0;
}
