/** Chance, as the browser has it. */
import type { RandomBytes } from "../../shared/ids.ts";

/** So many bytes that nobody can guess; they are the caller's. */
export const randomBytes: RandomBytes = (size) => crypto.getRandomValues(new Uint8Array(size));
