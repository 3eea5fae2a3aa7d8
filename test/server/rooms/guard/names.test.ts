/** Under which name somebody may speak. */
import { expect, test } from "vitest";
import { chatOf } from "../../../../shared/surfaces/root.ts";
import { Hand, together } from "../../../fixtures/rooms/guarded.ts";

test("who has an account speaks under its name, as whomever else they once spoke", () => {
	const { room } = together();
	const eve = new Hand("u_eve", 9);
	const as = (entry: object) => {
		const hand = Object.assign(new Hand("u_eve", ++clientId), {
			accountName: "Eve",
			formerIds: ["g_eve"],
		});
		return room.edit(hand, (doc) => chatOf(doc).push([{ by: eve.userId, body: "hi", ...entry }]));
	};
	let clientId = 100;
	for (const name of ["Ann", "eve", "Eve ", "Eve\u200b"]) {
		expect(as({ name }), name).toBe("refused_update: somebody else's name");
	}
	// A stock client says no name; what waited on the device stands under the name of then.
	expect([as({ name: "Eve" }), as({ name: "" }), as({})]).toEqual(["new", "new", "new"]);
	expect(as({ by: "g_eve", name: "Fern" })).toBe("new");
	expect(as({ by: "", name: "Nightly build" })).toBe("new");
});
