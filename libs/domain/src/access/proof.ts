/** Signing in proves that it is the person; so does giving the password again. For this long, nothing asks for it once more. */
export const PROOF_MINUTES = 10;
