/** What passes between the server and its image process. */
import type { FailureCode } from "../../shared/errors.ts";
import type { BlobId } from "../../shared/ids.ts";

/** Where to read and where to write. All are paths on one disk. */
export interface ImageJob {
	readonly source: string;
	readonly full: string;
	readonly thumb: string;
	/** Only where it is wanted, and written only where `made` tells of it. */
	readonly original?: string;
}

/** What was sent, without what was beside the picture. */
export interface Original {
	readonly type: "image/jpeg" | "image/png";
	readonly bytes: number;
}

/** What was made: facts about the full size. */
export interface MadeImage {
	/** SHA-256 of the full size. */
	readonly blob: BlobId;
	readonly type: "image/jpeg" | "image/png" | "image/webp";
	/** Pixels, upright. */
	readonly width: number;
	readonly height: number;
	readonly bytes: number;
	readonly original?: Original;
}

/** What the process says. With its last answer it says that it ends: it takes no other job. */
export type ChildMessage =
	| { readonly says: "ready" }
	| { readonly says: "made"; readonly made: MadeImage; readonly isLast: boolean }
	| {
			readonly says: "failed";
			readonly code: FailureCode;
			readonly detail: string;
			readonly isLast: boolean;
	  };

/** Long edge of the full size: the 12 megapixels of most phones (4,032) stay as they are. */
export const fullEdgeMax = 4_096;
/** Long edge of the small size, some 40 kB: a phone's width, or a tile of twice the density. */
export const thumbEdgeMax = 640;
