/** Characters of a comment. */
export const COMMENT_MAX = 20_000;

/** Bytes of an attached file. */
export const ATTACHMENT_BYTES_MAX = 25_000_000;
/** Files attached to one thing. */
export const ATTACHMENTS_EACH = 50;
/** Characters of the name of a file. */
export const ATTACHMENT_NAME_MAX = 255;
/** A deleted file can be brought back so long; then its bytes go. */
export const ATTACHMENT_UNDO_HOURS = 24;
/** Of one thing and author so many, those that were deleted last: their bytes lie on the disk. */
export const ATTACHMENT_UNDO_EACH = 50;
