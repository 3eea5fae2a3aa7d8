import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { printPicture } from "../../../../web/board/carry/print.ts";

/** Sheets that lie on the page: whatever is printed, they are. */
let sheets: object[];
let page: EventTarget;

beforeEach(() => {
	vi.useFakeTimers();
	sheets = [];
	page = new EventTarget();
	const createElement = () => {
		const sheet = {
			append: () => undefined,
			remove: () => {
				sheets = sheets.filter((other) => other !== sheet);
			},
		};
		return sheet;
	};
	vi.stubGlobal("document", { createElement, body: { append: (one: object) => sheets.push(one) } });
	vi.stubGlobal(
		"Image",
		class {
			async decode(): Promise<void> {
				await null;
			}
		},
	);
	vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
	vi.stubGlobal("window", { print: () => undefined });
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const box = { minX: 0, minY: 0, maxX: 20, maxY: 10 };
const tell = (name: string) => page.dispatchEvent(new Event(name));

test("a sheet lies on the page as long as the browser's dialog is open", async () => {
	const printing = printPicture(new Blob(["board"]), box);
	await vi.advanceTimersByTimeAsync(100);
	tell("beforeprint");
	await vi.advanceTimersByTimeAsync(10 * 60_000);
	expect(sheets).toHaveLength(1);
	tell("afterprint");
	await printing;
	expect(sheets).toEqual([]);
});

test("where printing is blocked the sheet goes: what is printed later is the page", async () => {
	const printing = printPicture(new Blob(["board"]), box);
	await vi.advanceTimersByTimeAsync(1);
	expect(sheets).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(5_000);
	await printing;
	expect(sheets).toEqual([]);
});
