/** What can be wrong with a store: a code, what that means, and what is to be done. */

/** Every kind of finding. A code is for ever; its sentences may improve. */
export const kinds = {
	log_damaged: {
		says: "LevelDB's own log is damaged: to open it would lose what was written last",
		would: "nothing was opened; restore a backup, or start once with WEFT_DAMAGE=accept",
	},
	store_crashed: {
		says: "LevelDB ended the process that looked: its tables are damaged",
		would: "restore a backup; this store opens no more",
	},
	store_unreadable: {
		says: "LevelDB cannot read a part of its tables",
		would: "restore a backup: what lies behind it was not looked at",
	},
	room_damaged: {
		says: "what is stored of this room cannot be read",
		would: "Weft refuses this room and serves the others; a backup may have it whole",
	},
	summary_wrong: {
		says: "the summary of this room's snapshot is not that of the snapshot",
		would: "write in the room: the next compaction makes both anew",
	},
	history_damaged: {
		says: "the history of this room cannot be read, or does not lead to its present",
		would: "the room itself is whole and served; its history goes when it is old (WEFT_HISTORY)",
	},
	record_unreadable: {
		says: "a record cannot be read",
		would: "what it tells of stays out of lists; a backup may have it whole",
	},
	room_unlisted: {
		says: "this room has content and no record: no list shows it",
		would: "open it by its address and write: that makes a record, as of an open room",
	},
	purge_unfinished: {
		says: "this room was purged, and its old bytes are still on the disk: a crash came between",
		would: "start the server: it goes on by itself, and soon they are gone",
	},
	photo_missing: {
		says: "the file of a photo is not there",
		would: "whoever has the picture shares it again; or copy the file from a backup's blobs",
	},
	photo_changed: {
		says: "the file of a photo is not what was stored",
		would: "copy the file from a backup's blobs",
	},
	blob_orphaned: {
		says: "a file of a photo that no room has",
		would: "--mend removes it: a crash left it behind, or a purge; nobody can ask for it",
	},
	file_unknown: {
		says: "a file that Weft did not make",
		would: "look what it is; Weft leaves it alone",
	},
	key_unknown: {
		says: "an entry that this version of Weft does not know",
		would: "nothing: a newer version may have written it",
	},
	secret_missing: {
		says: "the secret that signs cookies is not there, or cannot be read",
		would: "the next start makes another one if it is missing: all guests are strangers then",
	},
} as const satisfies Record<string, { readonly says: string; readonly would: string }>;

/** The code of a kind of finding. */
export type FindingCode = keyof typeof kinds;

/** One thing that is wrong. */
export interface Finding {
	readonly code: FindingCode;
	/** Which room, file or key. */
	readonly about: string;
	/** What exactly was seen, where the code does not say it all. */
	readonly detail?: string;
}

/** A finding as its lines for people, each with a line break. */
export function tellFinding({ code, about, detail }: Finding): string {
	const { says, would } = kinds[code];
	const seen = detail === undefined ? "" : ` (${detail})`;
	return `${code}: ${about}\n    ${says}${seen}\n    -> ${would}\n`;
}
