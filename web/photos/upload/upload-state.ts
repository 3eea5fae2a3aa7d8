/** What can be said of photos on their way from this browser to the server. */
import type { FailureCode } from "../../../shared/errors.ts";
import type { PhotoId } from "../../../shared/ids.ts";

/** Where an own photo is on its way. */
export type UploadState =
	/** Its turn has not come, or there is no connection; or it failed, and is tried again. */
	| { readonly phase: "waiting"; readonly because?: FailureCode }
	| { readonly phase: "sending"; readonly share: number }
	/** All bytes left; the server makes its sizes. */
	| { readonly phase: "making" }
	/** The room has it; said for a few seconds. */
	| { readonly phase: "shared" };

/** A photo that only this browser has. */
export interface OutgoingPhoto {
	readonly id: PhotoId;
	readonly fileName: string;
	readonly bytes: number;
	readonly state: UploadState;
	readonly localUrl: string;
}

/** A file that will not be shared, and why. */
export interface Refusal {
	readonly fileName: string;
	readonly code: FailureCode;
}
