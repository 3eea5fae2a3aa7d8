/** Servers and clients with planted faults, by what they do wrong. The harness must find each. */
import type { Planted } from "../../scripts/converge/self-test.ts";
import { reordersByPuttingInAgain } from "./clients.ts";
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
export const plants: Readonly<Record<string, () => Planted>> = {
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
	"reorders an item by putting it in again": reordersByPuttingInAgain,
};
