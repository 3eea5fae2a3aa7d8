import { expect, test, vi } from "vitest";
import type { UserId } from "../../../../shared/ids.ts";
import { aliasOf } from "../../../../shared/room-access.ts";
import { createGarden, type Person, statusOf } from "../../../fixtures/people/garden.ts";

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

test("what was decided about a guest is decided about the account that they became", async () => {
	const { house, ann, ben, plant, patch, decide } = await createGarden();
	await plant();
	const members = async () =>
		(await ann.access())["managed"] as { readonly members: readonly unknown[] };
	const signIn = async (person: Person, name: string): Promise<string> => {
		const account = { name, password: "correct horse" };
		await house.accounts.add({ ...account, isAdmin: false, invitation: null });
		return (await (await person.browser.send("POST", "/api/login", account)).json()).id;
	};
	await decide(ben.id, { role: "viewer" });
	const id = await signIn(ben, "Benjamin");
	await decide(id, { isMuted: true });
	const decided = [{ id, name: "Benjamin", role: "viewer", isMuted: true }];
	expect(await members()).toMatchObject({ members: decided });
	expect(await ben.access()).toMatchObject({ role: "viewer", isMuted: true });
	house.here.push({ id: ben.id as UserId, name: "Ben", color: "#112233" });
	await patch(ann, { entry: "knock" });
	expect(await members()).toMatchObject({ members: decided });
	expect(await statusOf(decide(ben.id, { role: null }))).toBe(200);
	await patch(ann, { entry: "commenter" });
	await patch(ann, { entry: "knock" });
	expect(await members()).toMatchObject({ members: [{ ...decided[0], role: "commenter" }] });
	await ann.browser.send("DELETE", `/api/rooms/garden/members/${ben.id}`);
	expect(await members()).toMatchObject({ members: [] });
	const owner = await signIn(ann, "Anna");
	expect(await statusOf(decide(owner, { role: "out" }))).toBe("400 bad_request");
	expect(await statusOf(decide(ann.id, { role: "out" }))).toBe("400 bad_request");
});
