import { expect, test } from "vitest";
import { SaveCounter } from "../../../../server/rooms/members/save-counter.ts";

test("the count follows the frames that are on disk", () => {
	const counter = new SaveCounter();
	const [first, second] = [counter.receive(), counter.receive()];
	expect([first, second]).toEqual([1, 2]);
	expect(counter.savedCount).toBe(0);
	counter.settle(1, true);
	counter.settle(2, false);
	expect(counter.savedCount).toBe(2);
});

test("a frame that was not taken stops the count until a later step 2 is on disk", () => {
	const counter = new SaveCounter();
	for (let frame = 0; frame < 5; frame++) counter.receive();
	counter.settle(1, false);
	counter.skip(2);
	counter.settle(3, false);
	expect(counter.savedCount).toBe(1);
	counter.skip(4);
	counter.settle(5, true);
	expect(counter.savedCount).toBe(5);
});

test("a step 2 that came before the gap does not close it", () => {
	const counter = new SaveCounter();
	for (let frame = 0; frame < 4; frame++) counter.receive();
	counter.skip(3);
	counter.settle(2, true);
	expect(counter.hasGap).toBe(true);
	counter.settle(4, false);
	expect(counter.savedCount).toBe(0);
});
