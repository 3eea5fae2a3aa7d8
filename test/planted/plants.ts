/** Every server with a planted fault, by what it does wrong. The harness must find each. */
import type { Plants } from "../../scripts/converge/sim/server.ts";
import { forgetsDeletes, shufflesChat, splitsPairs } from "./folds.ts";
import { acksBeforeWrite, dropsUpdates, servesOldSnapshots, syncsEverySecond } from "./logs.ts";
import {
	forgetsDecisions,
	forgetsTheBoard,
	forgetsWhatWasPurged,
	keepsRevokedLinks,
} from "./rights.ts";
import {
	acceptsForgedClients,
	answersBeforeWrite,
	losesTheLastBatch,
	neverCatchesUp,
	neverTellsPresence,
	stampsByWallClock,
	unloadsWhileJoining,
} from "./rooms.ts";
import { keepsTheDead } from "./wires.ts";

/** Makes such a server's parts anew for each run. */
export const plants: Readonly<Record<string, () => Plants>> = {
	"drops one update in a thousand": dropsUpdates,
	"acks before the write": acksBeforeWrite,
	"unloads while somebody joins": unloadsWhileJoining,
	"forgets deletes after compaction": forgetsDeletes,
	"shuffles the chat": shufflesChat,
	"accepts a forged client id": acceptsForgedClients,
	"keeps awareness of the dead": keepsTheDead,
	"loses the last batch at SIGTERM": losesTheLastBatch,
	"splits a surrogate pair": splitsPairs,
	"serves an old snapshot after restart": servesOldSnapshots,
	"syncs only every second batch": syncsEverySecond,
	"answers a joiner before the write": answersBeforeWrite,
	"never tells a slow reader what it missed": neverCatchesUp,
	"never tells a slow reader again who is there": neverTellsPresence,
	"stamps awareness by the wall clock": stampsByWallClock,
	"forgets to check the board": forgetsTheBoard,
	"lets stay who came by a link that was revoked": keepsRevokedLinks,
	"forgets at a restart what was decided": forgetsDecisions,
	"forgets whose ids a purge ended": forgetsWhatWasPurged,
};
