import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { RoomName } from "../../../../shared/ids.ts";
import { rightsOf } from "../../../../shared/roles.ts";
import type { RoomAccess } from "../../../../shared/room-access.ts";
import { AccessWatch } from "../../../../web/presence/access/room-access.ts";
import { KnownRights } from "../../../../web/sync/access/known-rights.ts";
import { showToast } from "../../../../web/ui/toast.ts";
import { plainAccess } from "./room-accesses.ts";

vi.mock("../../../../web/ui/toast.ts", () => ({ showToast: vi.fn() }));

/** A watch whose questions are answered by hand. */
function watched() {
	const asked: ((access: RoomAccess | Error) => void)[] = [];
	const rights = new KnownRights({ memory: null, userId: "g_ann", room: "garden" });
	let tellChanged = (): void => undefined;
	const on = (_event: string, listen: (value: never) => void) => {
		tellChanged = () => listen(undefined as never);
		return () => undefined;
	};
	const doc = new Y.Doc();
	const client = { room: "garden" as RoomName, rights, on, doc };
	const watch = new AccessWatch(client, () => {
		return new Promise((resolve, reject) => {
			asked.push((access) => (access instanceof Error ? reject(access) : resolve(access)));
		});
	});
	const seen: (string | undefined)[] = [];
	watch.onChange(() => seen.push(watch.now?.entry));
	const answer = async (index: number, access: RoomAccess | Error) => {
		asked[index]?.(access);
		await Promise.resolve();
		await Promise.resolve();
	};
	return { asked, rights, watch, seen, answer, doc, changed: () => tellChanged() };
}

test("it asks at first, at each change of rights, and when the room says that it changed", () => {
	const { asked, rights, changed } = watched();
	expect(asked).toHaveLength(1);
	rights.tell({ role: "owner", rights: rightsOf("owner") });
	expect(asked).toHaveLength(2);
	changed();
	expect(asked).toHaveLength(3);
});

test("only the answer to the last question holds, in whatever order they come", async () => {
	const { watch, seen, answer, changed } = watched();
	changed();
	await answer(1, { ...plainAccess, entry: "knock" });
	await answer(0, { ...plainAccess, entry: "closed" });
	expect(watch.now?.entry).toBe("knock");
	expect(seen).toEqual(["knock"]);
});

test("what a change answers is newer than any question before it", async () => {
	const { watch, answer } = watched();
	expect(await watch.change(async () => ({ ...plainAccess, entry: "viewer" }))).toBe(true);
	await answer(0, plainAccess);
	expect(watch.now?.entry).toBe("viewer");
});

test("what was not changed is drawn again as it is, and said", async () => {
	const hush = vi.spyOn(console, "info").mockImplementation(() => undefined);
	const { watch, seen, answer } = watched();
	await answer(0, plainAccess);
	const refused = watch.change(() => Promise.reject(new Error("no network")));
	expect(await refused).toBe(false);
	expect(seen).toEqual(["editor", "editor"]);
	expect(showToast).toHaveBeenCalledOnce();
	hush.mockRestore();
});

test("without an answer what is known stays, and a room that was left hears nothing", async () => {
	const hush = vi.spyOn(console, "info").mockImplementation(() => undefined);
	const { watch, seen, answer, changed, doc } = watched();
	await answer(0, plainAccess);
	changed();
	await answer(1, new Error("no network"));
	expect(watch.now).toEqual(plainAccess);
	changed();
	doc.destroy();
	await answer(2, { ...plainAccess, entry: "closed" });
	expect(seen).toEqual(["editor"]);
	hush.mockRestore();
});
