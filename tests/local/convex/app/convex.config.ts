import { defineApp } from "convex/server";
import counter from "./counter/convex.config";

const app = defineApp();
app.use(counter, { name: "likes", env: { STEP: "2" } });
app.use(counter, { name: "views" });

export default app;
