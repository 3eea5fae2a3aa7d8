/** A browser that shares photos, with a device, a clock and a server in the hands of a test. */
import * as Y from "yjs";
import type { Cancel, Clock } from "../../../../shared/clock.ts";
import { WeftError } from "../../../../shared/errors.ts";
import type { BlobId, PhotoId, RoomName } from "../../../../shared/ids.ts";
import { listPhotos, type ReceivedPhoto } from "../../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../../shared/surfaces/root.ts";
import type { PhotoSending } from "../../../../web/photos/upload/send-photo.ts";
import { type UploadClient, UploadQueue } from "../../../../web/photos/upload/upload-queue.ts";
import type { Refusal } from "../../../../web/photos/upload/upload-state.ts";
import type { KeptUpload, UploadStore } from "../../../../web/photos/upload/upload-store.ts";

/** What the server answers. */
export const received: ReceivedPhoto = {
	blob: "cd".repeat(32) as BlobId,
	type: "image/jpeg",
	width: 40,
	height: 30,
	bytes: 99,
	receivedAtMs: 5_000,
};

/** Time that moves when told to. */
class StepClock implements Clock {
	#nowMs = 1_000;
	#timers: { atMs: number; run: () => void }[] = [];

	now(): number {
		return this.#nowMs;
	}

	elapsed(): number {
		return this.#nowMs;
	}

	after(ms: number, run: () => void): Cancel {
		const timer = { atMs: this.#nowMs + ms, run };
		this.#timers.push(timer);
		return () => {
			this.#timers = this.#timers.filter((other) => other !== timer);
		};
	}

	async step(ms: number): Promise<void> {
		this.#nowMs += ms;
		const due = this.#timers.filter((timer) => timer.atMs <= this.#nowMs);
		this.#timers = this.#timers.filter((timer) => timer.atMs > this.#nowMs);
		for (const timer of due) timer.run();
		await settle();
	}
}

/** Lets all promises that can go on go on. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** One browser: its doc, its device, and a server whose answers the test gives. */
export class Browser {
	readonly clock = new StepClock();
	readonly device: Map<PhotoId, KeptUpload>;
	readonly sendings: (PhotoSending & {
		answer: (result: ReceivedPhoto | WeftError) => Promise<void>;
	})[] = [];
	readonly refusals: Refusal[] = [];
	readonly doc: Y.Doc;
	readonly queue: UploadQueue;
	isDeviceFull = false;
	isSendingWhole = false;
	mayShare = true;
	#onRights: () => void = () => undefined;
	prepare: (file: Blob, fileName: string, isWhole: boolean) => Promise<Blob | null> = async (
		file,
	) => file;
	#phase: "offline" | "saved" = "saved";
	#onStatus: () => void = () => undefined;
	#idCount = 0;

	constructor(device = new Map<PhotoId, KeptUpload>(), doc = new Y.Doc()) {
		this.device = device;
		this.doc = doc;
		this.queue = new UploadQueue({
			client: this.#client(),
			clock: this.clock,
			store: this.#store(),
			send: (sending) => this.#send(sending),
			prepare: (file, fileName, isWhole) => this.prepare(file, fileName, isWhole),
			sendsWhole: () => this.isSendingWhole,
			sizeOf: async () => ({ width: 8, height: 6 }),
			mintId: () => `photo-${++this.#idCount}-xx` as PhotoId,
		});
		this.queue.on("refused", (refusal) => this.refusals.push(refusal));
	}

	get photos() {
		return listPhotos(photosOf(this.doc));
	}

	/** The server says whether she may share. */
	async let(mayShare: boolean): Promise<void> {
		this.mayShare = mayShare;
		this.#onRights();
		await settle();
	}

	/** How the connection is now. */
	setPhase(phase: "offline" | "saved"): void {
		this.#phase = phase;
		this.#onStatus();
	}

	#client(): UploadClient {
		const status = () => ({ phase: this.#phase, copy: "kept", waiting: 0 }) as never;
		return {
			room: "garden" as RoomName,
			doc: this.doc,
			me: { id: "g_ann", name: "Ann", color: "#aa3300" },
			get status() {
				return status();
			},
			ready: Promise.resolve(),
			may: () => this.mayShare,
			rights: {
				onChange: (listen) => {
					this.#onRights = listen;
					return () => undefined;
				},
			},
			url: (path) => path,
			on: (_event, listen) => {
				this.#onStatus = listen;
				return () => undefined;
			},
		};
	}

	#store(): UploadStore {
		return {
			put: async (upload) => {
				if (this.isDeviceFull) throw new Error("QuotaExceededError");
				this.device.set(upload.id, upload);
			},
			delete: async (_room, id) => void this.device.delete(id),
			list: async () => [...this.device.values()],
		};
	}

	#send(sending: PhotoSending): Promise<ReceivedPhoto> {
		return new Promise((resolve, reject) => {
			const answer = async (result: ReceivedPhoto | WeftError) => {
				if (result instanceof WeftError) reject(result);
				else resolve(result);
				await settle();
			};
			this.sendings.push({ ...sending, answer });
		});
	}
}

/** A file that somebody chooses. */
export function photo(name: string, type = "image/jpeg", size = 10): File {
	return new File([new Uint8Array(size)], name, { type });
}
