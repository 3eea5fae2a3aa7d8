import { expect, test } from "vitest";
import { placeFor, restAfter } from "../../../../web/ui/touch/viewport.ts";

const closed = { width: 390, height: 664, top: 0, zoom: 1 };
const open = { width: 390, height: 328, top: 40, zoom: 1 };
const rest = restAfter({ width: 0, height: 0 }, closed);

test("a keyboard is open where somebody types and much of the height is gone", () => {
	expect(placeFor(open, rest, true)).toEqual({ height: 328, top: 40, isKeyboardOpen: true });
	expect(placeFor(closed, rest, true)).toMatchObject({ isKeyboardOpen: false });
	expect(placeFor(open, rest, false)).toMatchObject({ isKeyboardOpen: false });
});

test("a browser's bar that slides in is no keyboard", () => {
	expect(placeFor({ ...closed, height: 600 }, rest, true)).toMatchObject({
		height: 600,
		isKeyboardOpen: false,
	});
});

test("a phone that was turned has another height, and no keyboard because of it", () => {
	const turned = { width: 844, height: 330, top: 0, zoom: 1 };
	expect(placeFor(turned, restAfter(rest, turned), true)).toMatchObject({ isKeyboardOpen: false });
	expect(restAfter(restAfter(rest, turned), closed)).toEqual(rest);
});

test("who enlarges the page with two fingers moves nothing", () => {
	const enlarged = { width: 195, height: 332, top: 100, zoom: 2 };
	expect(placeFor(enlarged, rest, true)).toBeNull();
	expect(restAfter(rest, enlarged)).toEqual(rest);
});
