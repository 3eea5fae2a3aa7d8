import { expect, test } from "vitest";
import { silenceYjs } from "../../scripts/converge/crew/quiet.ts";
import { seeded } from "../../scripts/converge/random.ts";
import { FuzzedRoom, makeRoom } from "../../scripts/fuzz/guarded-room.ts";
import { fuzz } from "../../scripts/fuzz/run.ts";

silenceYjs();

test("what honest people send to the room of the fuzzer is taken", () => {
	const { stored, honest } = makeRoom(seeded(3), 60);
	expect(stored.length).toBeGreaterThan(20);
	for (const update of honest) {
		expect(["new", "known"]).toContain(new FuzzedRoom(stored, 1).take(update)?.verdict);
	}
});

test("8,000 damaged updates change nothing, or something that everybody can show", () => {
	const { counts, findings } = fuzz(5, 8_000);
	expect(findings).toEqual([]);
	expect(counts["new"]).toBeGreaterThan(50);
	expect(counts["refused"]).toBeGreaterThan(1_000);
});
