import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { NameTurn } from "../../../server/auth/name-turn.ts";
import { friendlyName, friendlyNameCount, isFriendlyName } from "../../../shared/friendly-name.ts";

const nobody = () => new Set<string>();

test("no name comes twice before all have come", () => {
	const turn = new NameTurn(randomBytes, nobody);
	const names = Array.from({ length: friendlyNameCount }, () => turn.next());
	expect(new Set(names).size).toBe(friendlyNameCount);
	expect(friendlyNameCount).toBeGreaterThan(1_000);
});

test("a name that somebody here has is passed over", () => {
	const random = (size: number) => new Uint8Array(size).fill(3);
	const taken = new NameTurn(random, nobody).next();
	expect(new NameTurn(random, () => new Set([taken])).next()).not.toBe(taken);
});

test("where every name is taken, a number tells people apart", () => {
	const here = new Set<string>();
	const turn = new NameTurn(randomBytes, () => here);
	for (let count = 0; count < 2 * friendlyNameCount; count++) here.add(turn.next());
	expect(here.size).toBe(2 * friendlyNameCount);
	expect([...here].at(-1)).toMatch(/^\w+ \w+ 2$/);
	expect([...here].every(isFriendlyName)).toBe(true);
});

test("who is here is asked once for a name, however many names are taken", () => {
	const here = new Set(Array.from({ length: friendlyNameCount }, (_, at) => friendlyName(at)));
	let askedCount = 0;
	const turn = new NameTurn(randomBytes, () => {
		askedCount++;
		return here;
	});
	expect(turn.next()).toMatch(/ 2$/);
	expect(askedCount).toBe(1);
});

test("names that people choose are not friendly ones", () => {
	expect(isFriendlyName(friendlyName(0))).toBe(true);
	for (const name of ["Ann", "Quiet", "Quiet Ann", "Quiet Otter of Kent", "Otter Quiet", ""]) {
		expect(isFriendlyName(name), name).toBe(false);
	}
});
