import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeInkPayload } from "../../../../shared/surfaces/ink/ink.ts";
import type { PaintContext } from "../../../../web/board/paint/painter.ts";
import type { BoardClient } from "../../../../web/board/people/client.ts";
import { RemoteInk } from "../../../../web/board/people/remote-ink.ts";
import type { Stage } from "../../../../web/board/stage.ts";

/** Paths that were made. */
let pathCount: number;
let ink: RemoteInk;

beforeEach(() => {
	vi.useFakeTimers();
	pathCount = 0;
	vi.stubGlobal("window", globalThis);
	vi.stubGlobal(
		"Path2D",
		class {
			moveTo = () => undefined;
			quadraticCurveTo = () => undefined;
			closePath = () => undefined;

			constructor() {
				pathCount++;
			}
		},
	);
	const client = { doc: new Y.Doc(), on: () => () => undefined } as unknown as BoardClient;
	const layer = { painter: { theme: "light" } };
	const stage = { layer, requestFrame: () => undefined } as unknown as Stage;
	ink = new RemoteInk(client, stage, () => undefined);
});

afterEach(() => {
	ink.close();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** Three points more of a line. */
function hear(clientId: number, from: number): void {
	const points = [0, 1, 2].map((step) => ({ x: from + step, y: clientId, pressure: 0.5 }));
	const line = { type: "points", kind: "pen", ink: 1, color: 0, width: 1, from, points } as const;
	ink.receive({ clientId, ink: encodeInkPayload(line) });
}

/** Draws frames until nothing moves; the paths that were filled. */
function drawn(): unknown[] {
	let filled: unknown[] = [];
	const context = { fill: (path: unknown) => filled.push(path) } as unknown as PaintContext;
	for (let isMoving = true; isMoving; ) {
		filled = [];
		vi.advanceTimersByTime(16);
		isMoving = ink.draw(context);
	}
	return filled;
}

test("a line that did not change keeps its outline, one that grew has another", () => {
	hear(1, 0);
	hear(2, 0);
	const before = drawn();
	expect(before).toHaveLength(2);
	const madeCount = pathCount;
	expect(drawn()).toEqual(before);
	expect(pathCount).toBe(madeCount);
	hear(2, 3);
	const [still, grown] = drawn();
	expect(still).toBe(before[0]);
	expect(grown).not.toBe(before[1]);
});
