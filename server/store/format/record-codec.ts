/** Checks the JSON of stored records: what another version wrote may lack a field. */
import { z } from "zod";
import { surfaceNames } from "../../../shared/awareness.ts";
import type { BlobId, LinkId, PhotoId, RoomName, UserId } from "../../../shared/ids.ts";
import { roles } from "../../../shared/roles.ts";
import { type AuditEntry, auditActs, entries, linkRoles } from "../../../shared/room-access.ts";
import type { AccessRecord, AccountRecord, PhotoRecord, RoomRecord } from "../records.ts";
import { seal } from "./sealed.ts";

/** A record as the value of its key. */
export function encodeRecordOf(key: Buffer, record: object): Buffer {
	return seal(key, [Buffer.from(JSON.stringify(record), "utf8")]);
}

const count = z.number().int().nonnegative();
const millis = z.number();

const previewSchema = z.object({
	title: z.string(),
	excerpt: z.string(),
	strokes: z.array(z.object({ color: z.string(), points: z.array(z.number()) })),
	photos: z.array(z.string()),
	messageCount: count,
});

const roomSchema = z.object({
	name: z.custom<RoomName>((value) => typeof value === "string"),
	kind: z.enum(["guarded", "open"]),
	madeAtMs: millis,
	madeBy: z.object({
		id: z.custom<UserId>((value) => typeof value === "string"),
		name: z.string(),
	}),
	changedAtMs: millis,
	preview: previewSchema,
});

const photoSchema = z.object({
	id: z.custom<PhotoId>((value) => typeof value === "string"),
	source: z.custom<BlobId>((value) => typeof value === "string"),
	blob: z.custom<BlobId>((value) => typeof value === "string"),
	type: z.string(),
	width: count,
	height: count,
	bytes: count,
	original: z.object({ type: z.string(), bytes: count }).exactOptional(),
	receivedAtMs: millis,
	by: z.custom<UserId>((value) => typeof value === "string"),
});

const userId = z.custom<UserId>((value) => typeof value === "string");

const accountSchema = z.object({
	id: userId,
	name: z.string(),
	color: z.string(),
	password: z
		.object({ salt: z.string(), hash: z.string(), cost: count, blockSize: count, lanes: count })
		.nullable(),
	isAdmin: z.boolean(),
	madeAtMs: millis,
	logins: z.array(z.object({ tokenHash: z.string(), untilMs: millis })),
	was: z.array(userId),
	invitation: z.string().nullable(),
});

const roomName = z.custom<RoomName>((value) => typeof value === "string");
const named = z.object({ id: userId, name: z.string() });

const accessSchema = z.object({
	room: roomName,
	owner: named.nullable(),
	entry: z.enum(entries),
	members: z.array(
		named.extend({ role: z.enum([...roles, "out"]).nullable(), isMuted: z.boolean() }),
	),
	links: z.array(
		z.object({
			id: z.custom<LinkId>((value) => typeof value === "string"),
			role: z.enum(linkRoles),
			createdAtMs: millis,
			expiresAtMs: millis.nullable(),
		}),
	),
	least: z.partialRecord(z.enum(surfaceNames), z.enum(roles)),
	presenter: named.nullable(),
	// Records of before people could say so are without it.
	isTalkOpen: z.boolean().default(false),
	binnedAtMs: millis.nullable(),
});

const linkSchema = z.object({ room: roomName });

const auditSchema = z.object({
	entries: z.array(
		z.object({
			atMs: millis,
			by: named.extend({ isOperator: z.literal(true).exactOptional() }),
			act: z.enum(auditActs),
			about: named.nullable(),
			to: z.string(),
		}),
	),
});

/** A room's record of parsed JSON; null where a field is missing or wrong. */
export function roomRecordFrom(json: unknown): RoomRecord | null {
	return roomSchema.safeParse(json).data ?? null;
}

/** A photo's record of parsed JSON; null where a field is missing or wrong. */
export function photoRecordFrom(json: unknown): PhotoRecord | null {
	return photoSchema.safeParse(json).data ?? null;
}

/** An account of parsed JSON; null where a field is missing or wrong. */
export function accountRecordFrom(json: unknown): AccountRecord | null {
	return accountSchema.safeParse(json).data ?? null;
}

/** Who may come into a room, of parsed JSON; null where a field is missing or wrong. */
export function accessRecordFrom(json: unknown): AccessRecord | null {
	return accessSchema.safeParse(json).data ?? null;
}

/** The room of a link, of parsed JSON; null where it is missing. */
export function linkedRoomFrom(json: unknown): RoomName | null {
	return linkSchema.safeParse(json).data?.room ?? null;
}

/** An audit trail of parsed JSON; null where a field is missing or wrong. */
export function auditFrom(json: unknown): readonly AuditEntry[] | null {
	return auditSchema.safeParse(json).data?.entries ?? null;
}
