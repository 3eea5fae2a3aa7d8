import { expect, test, vi } from "vitest";
import { aliasOf } from "../../../../shared/room-access.ts";
import { createGarden } from "../../../fixtures/people/garden.ts";

test("what is decided holds for who came by a link before the disk is asked", async () => {
	const { house, ben, plant, patch, ann, decide, makeLink } = await createGarden();
	await plant();
	await patch(ann, { entry: "closed" });
	const { id } = await makeLink("editor");
	const entrant = { userId: ben.id, login: null, name: aliasOf(id) };
	expect(await house.rights.admit(entrant)).toMatchObject({ standing: { role: "editor" } });
	const reads = [vi.spyOn(house.records, "linkedRoom"), vi.spyOn(house.records, "access")];
	await decide(ben.id, { role: "viewer" });
	expect(await house.rights.admit(entrant)).toMatchObject({ standing: { role: "viewer" } });
	for (const read of reads) expect(read).not.toHaveBeenCalled();
});
