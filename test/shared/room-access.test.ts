import { expect, test } from "vitest";
import { mintLinkId, parseRoomName } from "../../shared/ids.ts";
import { roles } from "../../shared/roles.ts";
import {
	aliasOf,
	entries,
	linkIn,
	linkRoles,
	parseEntry,
	parseLinkRole,
} from "../../shared/room-access.ts";

test("a link stands where a room's name stands, and is never taken for one", () => {
	const id = mintLinkId((size) => new Uint8Array(size).fill(255));
	const alias = aliasOf(id);
	expect(alias).toBe(`~${"_".repeat(21)}w`);
	expect(parseRoomName(alias)).toBe(alias);
	expect(linkIn(alias)).toBe(id);
	for (const name of ["garden", id, "~", "~garden", `~${id}x`, `~~${id.slice(1)}`, `${id}~`]) {
		expect(linkIn(name), name).toBeNull();
	}
});

test("an address gives no more than an editor may", () => {
	expect(entries.map(parseEntry)).toEqual(entries);
	expect(roles.map(parseLinkRole)).toEqual([...linkRoles, null]);
	expect(parseEntry("owner")).toBeNull();
	expect(parseEntry("")).toBeNull();
});
