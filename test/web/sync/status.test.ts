import { expect, test } from "vitest";
import {
	failureOfClose,
	firstFacts,
	foldSync,
	type RoomStatus,
	type SyncEvent,
	statusOf,
} from "../../../web/sync/status.ts";

const connected = { type: "connected", atMs: 1_000 } as const;
const lost = { type: "disconnected", because: null } as const;
const welcome = { type: "welcome", kind: "guarded" } as const;
const synced = { type: "synced" } as const;
const sent = { type: "frameSent", atMs: 2_000 } as const;
const typed = { type: "localChange" } as const;
const copy = { type: "copyLoaded", waiting: 0 } as const;
const joined = [copy, connected, welcome, synced, sent] as const;

function saved(count: number): SyncEvent {
	return { type: "saved", count, atMs: 9_000 };
}

const kept = { copy: "kept" } as const;

const table: [string, readonly SyncEvent[], RoomStatus][] = [
	["nothing happened: loading", [], { phase: "loading", copy: "opening" }],
	["the copy is there, the server is not: on this device", [copy], { phase: "device", ...kept }],
	[
		"no copy and no server yet: loading",
		[{ type: "copyFailed" }],
		{ phase: "loading", copy: "off" },
	],
	["connected, nothing heard: on this device", [copy, connected], { phase: "device", ...kept }],
	[
		"welcomed but not yet asked what we have: sending, since the connection",
		[copy, connected, welcome],
		{ phase: "saving", sinceMs: 1_000, ...kept },
	],
	[
		"the first step 2 is on its way: sending, although nothing may be in it",
		joined,
		{ phase: "saving", sinceMs: 2_000, ...kept },
	],
	[
		"our step 2 is on disk, the server's content has not come: not saved yet",
		[copy, connected, welcome, sent, saved(1)],
		{ phase: "saving", sinceMs: 1_000, ...kept },
	],
	[
		"the first step 2 is on disk: saved",
		[...joined, saved(1)],
		{ phase: "saved", atMs: 9_000, ...kept },
	],
	[
		"saved counts less than was sent: sending",
		[...joined, saved(1), typed, sent, typed, sent, saved(2)],
		{ phase: "saving", sinceMs: 2_000, ...kept },
	],
	[
		"saved counts all that was sent: saved",
		[...joined, saved(1), typed, sent, typed, sent, saved(3)],
		{ phase: "saved", atMs: 9_000, ...kept },
	],
	[
		"a line that went with nothing unsent: offline, nothing waits",
		[...joined, saved(1), lost],
		{ phase: "offline", waiting: 0, because: null, ...kept },
	],
	[
		"changes made offline are counted",
		[...joined, saved(1), lost, typed, typed, typed],
		{ phase: "offline", waiting: 3, because: null, ...kept },
	],
	[
		"a change that was sent and not confirmed still waits",
		[...joined, saved(1), typed, sent, lost],
		{ phase: "offline", waiting: 1, because: null, ...kept },
	],
	[
		"what waited at an earlier visit is counted too",
		[{ type: "copyLoaded", waiting: 4 }, lost, typed],
		{ phase: "offline", waiting: 5, because: null, ...kept },
	],
	[
		"back online: not saved because an old connection had saved as many frames",
		[...joined, saved(1), lost, typed, connected, welcome, synced, sent],
		{ phase: "saving", sinceMs: 2_000, ...kept },
	],
	[
		"back online and covered: saved",
		[...joined, saved(1), lost, typed, connected, welcome, synced, sent, saved(1)],
		{ phase: "saved", atMs: 9_000, ...kept },
	],
	[
		"a full disk: read-only, and what waits is told",
		[...joined, saved(1), typed, sent, { type: "writable", code: "disk_full" }],
		{ phase: "readOnly", code: "disk_full", waiting: 1, ...kept },
	],
	[
		"a disk that heals: sending until the jump of the count",
		[
			...joined,
			saved(1),
			typed,
			sent,
			{ type: "writable", code: "disk_full" },
			{ type: "writable", code: null },
		],
		{ phase: "saving", sinceMs: 2_000, ...kept },
	],
	[
		"a server that says why it is busy: offline with the reason",
		[copy, { type: "disconnected", because: "server_full" }],
		{ phase: "offline", waiting: 0, because: "server_full", ...kept },
	],
	[
		"sent away for good: refused, also after the socket closed",
		[...joined, { type: "refused", code: "not_allowed" }, lost],
		{ phase: "refused", code: "not_allowed", waiting: 0, ...kept },
	],
	[
		"the first reason of a refusal stays",
		[
			...joined,
			{ type: "refused", code: "refused_update" },
			{ type: "refused", code: "bad_frame" },
		],
		{ phase: "refused", code: "refused_update", waiting: 0, ...kept },
	],
	["a plain Yjs server: sent", [copy, connected, sent, synced], { phase: "sent", ...kept }],
	[
		"a plain Yjs server that goes: what was typed since waits",
		[copy, connected, synced, typed, sent, lost, typed],
		{ phase: "offline", waiting: 1, because: null, ...kept },
	],
	[
		"a welcome after step 2: not foreign after all",
		[copy, connected, sent, synced, welcome],
		{ phase: "saving", sinceMs: 2_000, ...kept },
	],
	[
		"a copy that comes after all is saved, with nothing new in it, waits for nothing",
		[connected, welcome, synced, sent, saved(1), { type: "copyLoaded", waiting: 2 }, lost],
		{ phase: "offline", waiting: 0, because: null, ...kept },
	],
	[
		"a server that takes all and saves nothing (FAULTS.md S5): sending, since the first of it",
		[...joined, typed, { type: "frameSent", atMs: 10_000 }, { type: "frameSent", atMs: 60_000 }],
		{ phase: "saving", sinceMs: 2_000, ...kept },
	],
	[
		"without a copy the server alone is enough",
		[{ type: "copyFailed" }, connected, welcome, synced, sent, saved(1)],
		{ phase: "saved", atMs: 9_000, copy: "off" },
	],
];

test.each(table)("%s", (_name, events, status) => {
	expect(statusOf(events.reduce(foldSync, firstFacts))).toEqual(status);
});

test("a close is understood by its reason, then by its code, and a lost line has none", () => {
	expect(failureOfClose(4422, "refused_update")).toBe("refused_update");
	expect(failureOfClose(4409, "somebody's own words")).toBe("room_full");
	expect(failureOfClose(4499, "")).toBe("bad_request");
	expect(failureOfClose(1006, "")).toBeNull();
	expect(failureOfClose(1013, "server_full")).toBe("server_full");
});
