# The update server.
plugin-name = Updates
plugin-description = Releases, their rollout, and the updates that a licence entitles its programs to.

permission-read = See releases and rollouts
permission-installations = See who runs which version, and what was downloaded, in your branch
permission-publish = Make releases and publish them
permission-rollout = Start, pause and stop rollouts, yank releases
permission-keys = See and exchange the keys that sign metadata
permission-tokens = See and make the addresses at which licences find updates
permission-portal = Download the updates of your own licences
