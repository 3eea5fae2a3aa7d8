import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { RoomName } from "../../../../shared/ids.ts";
import { textOf } from "../../../../shared/surfaces/root.ts";
import { rescue } from "../../../../web/presence/lost/rescue.ts";
import { keepLost, type LostWork } from "../../../../web/sync/device/lost-work.ts";
import { forgetCopy } from "../../../../web/sync/offline.ts";
import { openDialog } from "../../../../web/ui/dialog.ts";
import { showToast } from "../../../../web/ui/toast.ts";

vi.mock("../../../../web/sync/device/lost-work.ts", () => ({ keepLost: vi.fn() }));
vi.mock("../../../../web/sync/offline.ts", () => ({
	copyName: (user: string, room: string) => `weft:${user}:${room}`,
	forgetCopy: vi.fn(),
}));
vi.mock("../../../../web/ui/dialog.ts", () => ({ openDialog: vi.fn() }));
vi.mock("../../../../web/ui/toast.ts", () => ({ showToast: vi.fn() }));

/** What this device keeps, by its number. */
const kept = new Map<number, LostWork>();
let done: string[] = [];

beforeEach(() => {
	kept.clear();
	done = [];
	vi.spyOn(console, "warn").mockReturnValue(undefined);
	vi.mocked(keepLost).mockImplementation(async (work, id = kept.size + 1) => {
		kept.set(id, work);
		done.push("keep");
		return id;
	});
	vi.mocked(forgetCopy).mockImplementation(async () => void done.push("forget"));
	vi.mocked(openDialog).mockImplementation(() => {
		done.push("tell");
		return { close: () => undefined } as ReturnType<typeof openDialog>;
	});
	vi.mocked(showToast).mockImplementation(({ text }) => {
		done.push(text);
		return () => undefined;
	});
});

afterEach(() => void vi.restoreAllMocks());

/** Ann in a room in which she wrote what the server refused; so many changes are unsent. */
function refusedIn(room: string, waiting = 1) {
	const doc = new Y.Doc();
	textOf(doc).insert(0, "Roses");
	const close = (): void => {
		done.push("close");
		doc.destroy();
	};
	const me = { id: "g_ann", name: "Ann", color: "#1d63c9" };
	const status = { phase: "refused", code: "not_allowed", waiting, copy: "kept" } as const;
	return { room: room as RoomName, doc, me, status, close };
}

const reopen = (): void => void done.push("reopen");

function wordsOf({ update }: LostWork): string {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return textOf(doc).toString();
}

test("what was refused is kept as somebody's, its copy forgotten, and it is said", async () => {
	await rescue(refusedIn("garden"), "not_allowed", reopen);
	expect(done).toEqual(["keep", "close", "keep", "forget", "reopen", "tell"]);
	expect([...kept.values()]).toMatchObject([{ room: "garden", by: "g_ann" }]);
	expect(forgetCopy).toHaveBeenCalledWith("weft:g_ann:garden");
});

test("what is typed while the device writes is kept too, in one piece", async () => {
	const client = refusedIn("orchard");
	const rescued = rescue(client, "not_allowed", reopen);
	textOf(client.doc).insert(5, " and lilies");
	await rescued;
	expect([...kept.values()].map(wordsOf)).toEqual(["Roses and lilies"]);
});

test("a device that keeps nothing leaves the room as it is", async () => {
	vi.mocked(keepLost).mockRejectedValue(new Error("no store"));
	await rescue(refusedIn("meadow"), "not_allowed", reopen);
	expect(done).toEqual([]);
});

test("a copy that cannot be forgotten leaves nobody at a dead page, nor in a circle", async () => {
	vi.mocked(forgetCopy).mockRejectedValue(new Error("in use"));
	await rescue(refusedIn("hedge"), "not_allowed", reopen);
	expect(done).toEqual(["keep", "close", "keep", "reopen", "tell"]);
	await rescue(refusedIn("hedge"), "not_allowed", reopen);
	expect(done).toHaveLength(5);
});

test("of a purged room what was unsent is kept, and nothing where all was sent", async () => {
	await rescue(refusedIn("purged"), "room_purged", reopen);
	expect(done).toEqual(["keep", "close", "keep", "forget", "reopen", "tell"]);
	expect(vi.mocked(openDialog).mock.lastCall?.[0].title).toBe("This room was purged");
	done = [];
	await rescue(refusedIn("purged", 0), "room_purged", reopen);
	const told = "This room was purged: you see all that is in it.";
	expect(done).toEqual(["close", "forget", "reopen", told]);
	expect(kept.size).toBe(1);
});
