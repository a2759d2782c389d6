const pictureSide = 512;
export const pictureBytes = 256 * 1024;

export type Square = { x: number; y: number; side: number };

/** The largest square of a picture; `position` from 0 to 1 says where it lies along the longer side. */
export function squareOf(width: number, height: number, position: number): Square {
  const side = Math.min(width, height);
  const along = Math.round((Math.max(width, height) - side) * position);
  return width > height ? { x: along, y: 0, side } : { x: 0, y: along, side };
}

/** The square, scaled down and as a JPEG that is small enough. */
export async function toJpeg(picture: ImageBitmap, position: number): Promise<Blob> {
  const { x, y, side } = squareOf(picture.width, picture.height, position);
  const size = Math.min(side, pictureSide);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) {
    throw new Error("This browser can't draw pictures.");
  }
  // A see-through picture would turn black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, x, y, side, side, 0, 0, size, size);
  return smallEnough((quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality)));
}

/** The best quality that stays within the limit. */
export async function smallEnough(encode: (quality: number) => Promise<Blob | null>): Promise<Blob> {
  for (const quality of [0.9, 0.8, 0.65, 0.5, 0.35]) {
    const blob = await encode(quality);
    if (blob && blob.size <= pictureBytes) {
      return blob;
    }
  }
  throw new Error("This picture can't be made small enough.");
}
