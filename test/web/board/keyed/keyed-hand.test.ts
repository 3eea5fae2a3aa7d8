/** A tool that keys put down, lead and lift. */
import { expect, test } from "vitest";
import type { Camera } from "../../../../web/board/camera.ts";
import { KeyedHand } from "../../../../web/board/keyed/keyed-hand.ts";
import type { Stage } from "../../../../web/board/stage.ts";
import type { Tool } from "../../../../web/board/tools/tool.ts";

/** A hand over a view of 800 by 600, and what its tool was told. */
function hand() {
	const told: string[] = [];
	const said: string[] = [];
	const tool: Tool = {
		cursor: "crosshair",
		down: ({ sample: { at } }) => told.push(`down ${at.x} ${at.y}`),
		move: (samples) => told.push(`move ${samples.length} to ${samples.at(-1)?.at.x}`),
		up: () => told.push("up"),
		cancel: () => told.push("cancel"),
	};
	let camera: Camera = { x: 0, y: 0, zoom: 1 };
	const stage = {
		get camera() {
			return camera;
		},
		size: { width: 800, height: 600 },
		addOverlay: () => undefined,
		requestFrame: () => undefined,
	} as unknown as Stage;
	const view = {
		look: (next: Camera) => {
			camera = next;
		},
	};
	const keyed = new KeyedHand({
		held: () => tool,
		stage,
		view,
		accent: () => "red",
		pointed: (at) => told.push(at === null ? "gone" : "pointed"),
		say: (key) => said.push(key),
	});
	const acts = () => told.filter((act) => act !== "pointed");
	return { keyed, acts, said, camera: () => camera };
}

test("Enter shows it, puts the tool down where it was led, and lifts it", () => {
	const { keyed, acts, said } = hand();
	expect([keyed.isEmpty, keyed.nudge({ x: 1, y: 0 })]).toEqual([true, false]);
	keyed.enter();
	expect([keyed.isEmpty, said]).toEqual([false, ["keyed.how"]]);
	keyed.nudge({ x: 10, y: 0 });
	expect(acts()).toEqual([]);
	keyed.enter();
	keyed.nudge({ x: -1, y: 0 });
	keyed.nudge({ x: 0, y: 10 });
	keyed.enter();
	keyed.nudge({ x: 1, y: 0 });
	expect(acts()).toEqual(["down 480 300", "move 2 to 472", "move 20 to 472", "up"]);
});

test("Escape gives up what it does, then it goes away; another tool keeps what was drawn", () => {
	const { keyed, acts } = hand();
	keyed.enter();
	keyed.enter();
	expect(keyed.escape()).toBe(true);
	expect([keyed.isEmpty, keyed.escape(), keyed.isEmpty, keyed.escape()]).toEqual([
		false,
		true,
		true,
		false,
	]);
	keyed.enter();
	keyed.enter();
	keyed.leave();
	expect(acts()).toEqual(["down 400 300", "cancel", "gone", "down 400 300", "up", "gone"]);
});

test("it never leaves the view", () => {
	const { keyed, camera } = hand();
	keyed.enter();
	for (let count = 0; count < 10; count++) keyed.nudge({ x: 10, y: 0 });
	expect(camera()).toEqual({ x: 424, y: 0, zoom: 1 });
});
