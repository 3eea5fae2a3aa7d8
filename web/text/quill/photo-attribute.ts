/** Marks photos in the page and in copied HTML, so that they paste as what they are. */
export const photoAttribute = "data-weft-photo";
