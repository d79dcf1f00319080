/** A photo that was taken and has not arrived yet. */
export type KeptPhoto = {
  /** The photo's name in this browser and on the server: the same twice is one photo. */
  key: string;
  surveyId: string;
  slot: string;
  file: File;
};

/**
 * Photos in this browser's database: they outlive the page, a dead battery and hours without a
 * connection. Photos of all surveys lie together, by key.
 */
const DATABASE = "sunup-survey-photos";
const PHOTOS = "photos";

export async function keptPhotos(surveyId: string): Promise<KeptPhoto[]> {
  const all = await inStore("readonly", (store) => store.getAll() as IDBRequest<KeptPhoto[]>);
  return all.filter((photo) => photo.surveyId === surveyId);
}

export async function keepPhoto(photo: KeptPhoto): Promise<void> {
  await inStore("readwrite", (store) => store.put(photo));
}

export async function forgetPhoto(key: string): Promise<void> {
  await inStore("readwrite", (store) => store.delete(key));
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(PHOTOS, mode);
      const request = work(transaction.objectStore(PHOTOS));
      // When the transaction is done, and not before, is it kept.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("The photo was not kept."));
    });
  } finally {
    database.close();
  }
}

async function open(): Promise<IDBDatabase> {
  return await new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(PHOTOS, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The photos cannot be opened."));
  });
}
