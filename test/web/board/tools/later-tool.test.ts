import { expect, test } from "vitest";
import { InTurn, LaterTool } from "../../../../web/board/tools/later-tool.ts";
import type { Press, Sample, Tool } from "../../../../web/board/tools/tool.ts";

const sample: Sample = {
	at: { x: 1, y: 2 },
	screen: { x: 1, y: 2 },
	pressure: null,
	isShift: false,
	isAlt: false,
	isCtrl: false,
};
const press: Press = { sample, pointerType: "mouse" };

/** A tool that says what was done to it. */
function spoken() {
	const done: string[] = [];
	const tool: Tool = {
		cursor: "crosshair",
		down: () => done.push("down"),
		move: (samples) => done.push(`move ${samples.length}`),
		up: () => done.push("up"),
		cancel: () => done.push("cancel"),
		leave: () => done.push("leave"),
		enter: () => done.push("enter") > 0,
	};
	return { done, tool };
}

test("what the hand did before the code came is done when it is here, in order", async () => {
	const { done, tool } = spoken();
	let bring = (_tool: Tool): void => undefined;
	const code = new Promise<Tool>((resolve) => {
		bring = resolve;
	});
	let fetchCount = 0;
	const get = () => {
		fetchCount++;
		return code;
	};
	const source = { here: null as Tool | null, get };
	const later = new LaterTool(source, { cursor: "cell", failed: () => undefined });
	later.down(press);
	later.move([sample, sample]);
	expect(later.nudge({ x: 1, y: 0 })).toBe(true);
	later.up();
	expect(done).toEqual([]);
	source.here = tool;
	later.down(press);
	bring(tool);
	await code;
	expect(later.nudge({ x: 1, y: 0 })).toBe(false);
	later.down(press);
	later.cancel();
	expect(done).toEqual(["down", "move 2", "up", "down", "down", "cancel"]);
	expect(fetchCount).toBe(1);
});

test("what is done with another tool in the hand is not done afterwards", async () => {
	const { done, tool } = spoken();
	const source = { here: null as Tool | null, get: () => Promise.resolve(tool) };
	const later = new LaterTool(source, { cursor: "cell", failed: () => undefined });
	expect(later.enter()).toBe(true);
	later.leave();
	source.here = tool;
	later.up();
	await Promise.resolve();
	expect(done).toEqual(["up"]);
});

test("where the code does not come that is told, and the next deed asks again", async () => {
	const { done, tool } = spoken();
	const answers = [Promise.reject(new Error("away")), Promise.resolve(tool)];
	const told: unknown[] = [];
	const get = () => answers.shift() ?? Promise.reject(new Error("asked too often"));
	const source = { here: null, get };
	const later = new LaterTool(source, { cursor: "cell", failed: (error) => told.push(error) });
	later.down(press);
	await expect.poll(() => told.length).toBe(1);
	later.down(press);
	later.up();
	await expect.poll(() => done).toEqual(["down", "up"]);
});

test("a pointer behind a key that waits is behind it; without code neither acts", async () => {
	const done: string[] = [];
	let bring = (_came: boolean): void => undefined;
	let code: Promise<boolean> | null = null;
	const fetchAgain = () => {
		code = new Promise((resolve) => {
			bring = (came) => {
				code = null;
				resolve(came);
			};
		});
	};
	const turn = new InTurn(() => code);
	const rest = () => new Promise((resolve) => setImmediate(resolve));
	fetchAgain();
	turn.add(() => done.push("key"));
	turn.add(() => done.push("down"));
	await rest();
	expect([done, turn.isEmpty]).toEqual([[], false]);
	bring(true);
	await rest();
	expect([done, turn.isEmpty]).toEqual([["key", "down"], true]);
	fetchAgain();
	turn.add(() => done.push("never"));
	bring(false);
	await rest();
	turn.add(() => done.push("after"));
	await rest();
	expect(done).toEqual(["key", "down", "after"]);
});

test("a deed that fails holds nothing up", async () => {
	const done: string[] = [];
	const turn = new InTurn(() => null);
	const failed = new Promise((resolve) => process.once("unhandledRejection", resolve));
	turn.add(() => {
		throw new Error("as planned");
	});
	turn.add(() => done.push("next"));
	await failed;
	expect(done).toEqual(["next"]);
});
