export default {
  providers: [
    { domain: process.env.TEST_ISSUER ?? "https://issuer.invalid", applicationID: "convex" },
  ],
};
