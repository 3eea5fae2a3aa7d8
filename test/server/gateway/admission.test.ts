import { expect, test } from "vitest";
import { Admission } from "../../../server/gateway/admission.ts";

/** An admission whose turns a test makes. */
function createAdmission() {
	const turns: (() => void)[] = [];
	const entered: number[] = [];
	const admission = new Admission((run) => turns.push(run));
	let nextNumber = 0;
	const come = (count: number) => {
		for (let left = count; left > 0; left--) {
			const number = nextNumber++;
			admission.admit(() => entered.push(number));
		}
	};
	const turn = () => {
		for (const run of turns.splice(0)) run();
	};
	return { entered, come, turn, turns };
}

test("who comes alone is let in at once", () => {
	const { entered, come, turn } = createAdmission();
	for (let day = 1; day <= 100; day++) {
		come(1);
		expect(entered).toHaveLength(day);
		turn();
	}
});

test("a crowd is let in over many turns, in the order in which it came", () => {
	const { entered, come, turn, turns } = createAdmission();
	come(1_000);
	const perTurn = entered.length;
	expect(perTurn).toBeLessThanOrEqual(20);
	let turnCount = 0;
	for (; turns.length > 0; turnCount++) {
		const before = entered.length;
		turn();
		expect(entered.length - before).toBeLessThanOrEqual(perTurn);
	}
	expect(turnCount).toBe(1_000 / perTurn);
	expect(entered).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
});

test("who comes while a crowd waits is let in behind it", () => {
	const { entered, come, turn, turns } = createAdmission();
	come(50);
	turn();
	come(5);
	while (turns.length > 0) turn();
	expect(entered).toEqual(Array.from({ length: 55 }, (_, index) => index));
});
