import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Easel } from "../../../../web/board/easel.ts";
import { followKeys } from "../../../../web/board/tools/keyboard.ts";
import { InTurn } from "../../../../web/board/tools/later-tool.ts";
import type { RoomClient } from "../../../../web/sync/room-client.ts";

/** A key as browsers tell of it, for a page that there is none of. */
class KeyPress extends Event {
	readonly key: string;

	constructor(type: "keydown" | "keyup", key: string) {
		super(type, { cancelable: true });
		this.key = key;
	}
}

let page: EventTarget;
let isHand: boolean;
let went: unknown[];
let isNudged: boolean;
let tool: string;
let chosen: Set<number>;
let listening: AbortController;
let mayDraw: boolean;

beforeEach(() => {
	page = new EventTarget();
	isHand = false;
	went = [];
	isNudged = false;
	mayDraw = true;
	tool = "pen";
	chosen = new Set();
	listening = new AbortController();
	vi.stubGlobal("window", page);
	vi.stubGlobal("KeyboardEvent", KeyPress);
	vi.stubGlobal("Element", class {});
	const writing = { arriving: null, here: null };
	const holdSpace = (isHeld: boolean) => {
		isHand = isHeld;
	};
	const turn = new InTurn(() => null);
	const tools = {
		...{ writing, turn, holdSpace, arriving: null },
		nudge: () => isNudged,
		escape: () => false,
		take: (name: string) => {
			tool = name;
		},
		get name() {
			return tool;
		},
		get chosen() {
			return chosen;
		},
	};
	const view = { go: ({ x, y }: { x: number; y: number }) => went.push([x, y]) };
	const easel = { tools, view } as unknown as Easel;
	const nothing = () => undefined;
	followKeys(
		{
			client: { may: () => mayDraw } as unknown as RoomClient,
			easel: () => easel,
			isMeant: () => true,
			addPhoto: nothing,
			talk: nothing,
			who: nothing,
			grid: nothing,
			closePanel: () => false,
		},
		listening.signal,
	);
});

afterEach(() => {
	listening.abort();
	vi.unstubAllGlobals();
});

test("the space bar makes a hand while it is held", () => {
	page.dispatchEvent(new KeyPress("keydown", " "));
	expect(isHand).toBe(true);
	page.dispatchEvent(new KeyPress("keyup", "x"));
	expect(isHand).toBe(true);
	page.dispatchEvent(new KeyPress("keyup", " "));
	expect(isHand).toBe(false);
});

test("who goes to another window with the space bar held comes back with the tool they had", () => {
	page.dispatchEvent(new KeyPress("keydown", " "));
	page.dispatchEvent(new Event("blur"));
	expect(isHand).toBe(false);
});

test("arrows that nothing else wants move the paper, also for who only looks", () => {
	mayDraw = false;
	page.dispatchEvent(new KeyPress("keydown", "ArrowRight"));
	expect(went).toEqual([[1, 0]]);
	isNudged = true;
	page.dispatchEvent(new KeyPress("keydown", "ArrowRight"));
	isNudged = false;
	chosen = new Set([7]); // Locked: it stays, and must not seem to move.
	page.dispatchEvent(new KeyPress("keydown", "ArrowRight"));
	expect(went).toEqual([[1, 0]]);
});

test("Escape puts the pointer in the hand, but closes what lies on top first", () => {
	let isCovered = true;
	vi.stubGlobal("document", { querySelector: () => (isCovered ? {} : null) });
	page.dispatchEvent(new KeyPress("keydown", "Escape"));
	expect(tool).toBe("pen");
	isCovered = false;
	page.dispatchEvent(new KeyPress("keydown", "Escape"));
	expect(tool).toBe("select");
	tool = "laser";
	page.dispatchEvent(new KeyPress("keydown", "Escape"));
	expect(tool).toBe("laser");
});
