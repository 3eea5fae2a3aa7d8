/** What quill-delta requires as `lodash.isequal`: the function itself is the module. */
import { isEqual } from "./lodash.ts";

export { isEqual as "module.exports" };
